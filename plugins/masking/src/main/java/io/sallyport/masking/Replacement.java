package io.sallyport.masking;

import io.sallyport.api.guardrail.Mask;
import io.sallyport.masking.detect.Detector;
import java.nio.charset.StandardCharsets;

/**
 * What takes a finding's place.
 *
 * <ol>
 *   <li>It holds no quotation mark, backslash, control character or separator that the finding did not hold, so that text around
 *       it (JSON, COPY, CSV) stays well formed.
 *   <li>No detector finds anything in it.
 * </ol>
 */
interface Replacement {

    /** A fixed text. */
    Replacement REDACTED = (detector, value, start, end, sink) -> redacted(sink);

    /** Writes what takes the place of a detector's finding, which lies from {@code start} to {@code end}. */
    void write(Detector detector, byte[] value, int start, int end, Mask.Sink sink);

    /** Writes the fixed text. */
    static void redacted(Mask.Sink sink) {
        byte[] text = "[redacted]".getBytes(StandardCharsets.US_ASCII);
        sink.write(text, 0, text.length);
    }
}
