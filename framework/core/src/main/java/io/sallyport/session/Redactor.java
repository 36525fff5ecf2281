package io.sallyport.session;

import io.sallyport.api.guardrail.Mask;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Passes what is recorded of a request through the same detectors as what comes back. */
final class Redactor {

    private static final byte[] WITHHELD = "[withheld]".getBytes(StandardCharsets.UTF_8);

    private final @Nullable Mask mask;

    Redactor(@Nullable Mask mask) {
        this.mask = mask;
    }

    /** The bytes without what must be hidden; the same array if there is nothing to hide. */
    byte[] redact(byte[] utf8) {
        if (mask == null) {
            return utf8;
        }
        Collector collector = new Collector();
        try {
            return mask.apply(utf8, 0, utf8.length, collector) ? collector.toByteArray() : utf8;
        } catch (RuntimeException e) {
            // A mask that fails must not leak what it was to hide into the record.
            return WITHHELD;
        }
    }

    private static final class Collector extends ByteArrayOutputStream implements Mask.Sink {

        @Override
        public void writeNull() {
            reset();
        }
    }
}
