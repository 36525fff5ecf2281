package io.sallyport.kubernetes.masking;

import io.sallyport.api.guardrail.Mask;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Masks the strings of a document. Memory is that of the longest string. Confined to one thread. */
final class StringMasking {

    static final byte[] REDACTED = "[redacted]".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    /** Documents within documents within documents are replaced whole. */
    private static final int DEEPEST = 3;

    private final int depth;
    private final MaskedValue plain = new MaskedValue();
    private final MaskedValue masked = new MaskedValue();
    private final MaskedValue result = new MaskedValue();

    StringMasking(int depth) {
        this.depth = depth;
    }

    /**
     * Masks a string.
     *
     * @param raw an array that holds its inside, without quotation marks, as the document spells it
     * @return whether {@link #result} holds what takes the string's place, quotation marks and all
     */
    boolean apply(FieldNode field, Mask mask, byte[] raw, int offset, int length) {
        byte[] text = raw;
        int from = offset;
        int size = length;
        if (JsonStrings.hasEscape(raw, offset, length)) {
            plain.reset();
            JsonStrings.unescape(raw, offset, length, plain);
            text = plain.bytes();
            from = 0;
            size = plain.length();
        }
        masked.reset();
        return switch (field.coding()) {
            case PLAIN -> finish(mask.apply(text, from, size, masked));
            case BASE64 -> encoded(mask, text, from, size);
            case DOCUMENT -> document(field, mask, text, from, size);
        };
    }

    private boolean finish(boolean changed) {
        if (!changed) {
            return false;
        }
        result.reset();
        if (masked.isNull()) {
            result.write(NULL, 0, NULL.length);
        } else {
            JsonStrings.quote(masked.bytes(), 0, masked.length(), result);
        }
        return true;
    }

    /** What is not base64 where it should be is masked as it stands; what comes out is base64 in any case. */
    private boolean encoded(Mask mask, byte[] text, int offset, int length) {
        byte[] value = Arrays.copyOfRange(text, offset, offset + length);
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            decoded = value;
        }
        boolean changed = mask.apply(decoded, 0, decoded.length, masked);
        if (changed && !masked.isNull()) {
            byte[] encoded = Base64.getEncoder().encode(Arrays.copyOf(masked.bytes(), masked.length()));
            masked.reset();
            masked.write(encoded, 0, encoded.length);
        }
        return finish(changed);
    }

    /** A document that cannot be read is masked as a text, or replaced where it may hold a masked field. */
    private boolean document(FieldNode field, Mask mask, byte[] text, int offset, int length) {
        boolean looksLikeOne = length > 0 && (text[offset] == '{' || text[offset] == '[');
        if (!looksLikeOne && !field.applied()) {
            return finish(mask.apply(text, offset, length, masked));
        }
        byte[] document = Arrays.copyOfRange(text, offset, offset + length);
        try {
            if (!looksLikeOne || depth >= DEEPEST) {
                throw new UnmaskableException("no document, or one too deep within others");
            }
            JsonMask inner = new JsonMask(field.document(), depth + 1);
            inner.feed(document, 0, document.length, masked::write);
            inner.end(masked::write);
        } catch (UnmaskableException e) {
            masked.reset();
            masked.write(REDACTED, 0, REDACTED.length);
            return finish(true);
        }
        boolean same = masked.length() == length && Arrays.equals(masked.bytes(), 0, length, document, 0, length);
        return finish(!same);
    }

    /** What takes the place of a string that is too long to be looked at. */
    void tooLong() {
        masked.reset();
        masked.write(REDACTED, 0, REDACTED.length);
        finish(true);
    }

    MaskedValue result() {
        return result;
    }
}
