package io.sallyport.journal.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Walks the fields of one payload, from first to last. Lengths are checked against what is there before they are believed.
 *
 * <p>Not safe for use by several threads. Every method throws {@link MalformedRecordException} for bytes that are no payload.
 */
public final class PayloadReader {

    /** What a field holds. */
    public enum Kind {
        NUMBER,
        TEXT,
        BYTES,
        FLAG,
        MAP,
        LIST,
        /** The innermost map or list ends here. */
        END
    }

    private static final Kind[] KINDS = {
        Kind.NUMBER, Kind.TEXT, Kind.BYTES, Kind.FLAG, Kind.FLAG, Kind.MAP, Kind.LIST, Kind.END
    };

    private final byte[] payload;
    private int at;
    private int key;
    private int wire = PayloadWriter.END;
    private long number;
    private int start;
    private int length;
    private int depth;

    /** A reader before the first field of the payload. */
    public PayloadReader(byte[] payload) {
        this.payload = payload;
        if (payload.length > 0 && payload[0] != PayloadWriter.VERSION) {
            throw new MalformedRecordException("this version does not know payload version " + payload[0]);
        }
        at = Math.min(1, payload.length);
    }

    /** Goes to the next field; false behind the last one. */
    public boolean next() {
        if (at == payload.length) {
            if (depth != 0) {
                throw new MalformedRecordException("a map or list does not end");
            }
            return false;
        }
        long tag = varint();
        wire = (int) (tag & 7);
        long id = tag >>> 3;
        if (id > Integer.MAX_VALUE) {
            throw new MalformedRecordException("key out of range");
        }
        key = (int) id;
        value();
        return true;
    }

    private void value() {
        switch (wire) {
            case PayloadWriter.NUMBER -> {
                long zigzag = varint();
                number = (zigzag >>> 1) ^ -(zigzag & 1);
            }
            case PayloadWriter.TEXT, PayloadWriter.BYTES -> {
                long declared = varint();
                if (declared < 0 || declared > payload.length - at) {
                    throw new MalformedRecordException("a value is longer than its payload");
                }
                start = at;
                length = (int) declared;
                at += length;
            }
            case PayloadWriter.MAP, PayloadWriter.LIST -> depth++;
            case PayloadWriter.END -> {
                if (--depth < 0) {
                    throw new MalformedRecordException("an end without a map or list");
                }
            }
            default -> {}
        }
    }

    /** The key of this field. */
    public int key() {
        return key;
    }

    /** What this field holds. */
    public Kind kind() {
        return KINDS[wire];
    }

    /** How many maps and lists are open. */
    public int depth() {
        return depth;
    }

    /** The value of a NUMBER. */
    public long number() {
        return number;
    }

    /** The value of a FLAG. */
    public boolean flag() {
        return wire == PayloadWriter.TRUE;
    }

    /** The value of a TEXT; bytes that are not UTF-8 become U+FFFD. */
    public String text() {
        return new String(payload, start, length, StandardCharsets.UTF_8);
    }

    /** The bytes of a TEXT or BYTES, read-only. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(payload, start, length).slice().asReadOnlyBuffer();
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at == payload.length) {
                throw new MalformedRecordException("a number does not end");
            }
            byte b = payload[at++];
            if (shift == 63 && (b & 0xFE) != 0) {
                break;
            }
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedRecordException("a number has too many bytes");
    }
}
