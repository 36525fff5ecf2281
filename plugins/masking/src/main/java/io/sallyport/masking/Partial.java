package io.sallyport.masking;

import io.sallyport.api.guardrail.Mask;
import io.sallyport.masking.detect.Detector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Leaves a finding's shape, and of its content: a card's last four digits, an address's first letter and top-level domain, the
 * kind of an access key, the BEGIN and END lines of a private key. Of the others nothing.
 */
final class Partial implements Replacement {
    private static final byte[] DASHES = "-----".getBytes(StandardCharsets.US_ASCII);
    private static final int CARD_DIGITS_KEPT = 4;
    private static final int AWS_PREFIX = 4;

    @Override
    public void write(Detector detector, byte[] value, int start, int end, Mask.Sink sink) {
        switch (detector) {
            case CREDIT_CARD -> Stars.write(value, start, end, Partial::digit, CARD_DIGITS_KEPT, sink);
            case EMAIL -> email(value, start, end, sink);
            case IBAN, US_SSN -> Stars.write(value, start, end, Stars::alphanumeric, 0, sink);
            case JWT -> Stars.write(value, start, end, c -> c != '.', 0, sink);
            case AWS_ACCESS_KEY -> {
                sink.write(value, start, AWS_PREFIX);
                Stars.write(value, start + AWS_PREFIX, end, c -> true, 0, sink);
            }
            case PRIVATE_KEY -> privateKey(value, start, end, sink);
        }
    }

    private static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    private static void email(byte[] value, int start, int end, Mask.Sink sink) {
        int at = start;
        int dot = end;
        for (int i = start; i < end; i++) {
            at = value[i] == '@' ? i : at;
            dot = value[i] == '.' ? i : dot;
        }
        int first = start + 1;
        while (first < at && (value[first] & 0xC0) == 0x80) {
            first++;
        }
        byte[] masked = new byte[end - start];
        int length = 0;
        if (first < at) {
            System.arraycopy(value, start, masked, 0, first - start);
            length = first - start;
        } else {
            first = start;
        }
        for (int i = first; i < dot; i++) {
            boolean kept = i == at || (i > at && value[i] == '.');
            // One star for each character, whatever its bytes.
            if ((value[i] & 0xC0) != 0x80) {
                masked[length++] = kept ? value[i] : (byte) '*';
            }
        }
        sink.write(masked, 0, length);
        sink.write(value, dot, end - dot);
    }

    private static void privateKey(byte[] value, int start, int end, Mask.Sink sink) {
        int body = next(value, start + DASHES.length, end) + DASHES.length;
        int tail = next(value, body, end);
        sink.write(value, start, body - start);
        Stars.write(value, body, tail, c -> Stars.alphanumeric(c) || c == '+' || c == '/' || c == '=', 0, sink);
        sink.write(value, tail, end - tail);
    }

    /** Where five dashes stand next, else the end. */
    private static int next(byte[] value, int from, int end) {
        for (int i = from; i + DASHES.length <= end; i++) {
            if (Arrays.equals(value, i, i + DASHES.length, DASHES, 0, DASHES.length)) {
                return i;
            }
        }
        return end;
    }
}
