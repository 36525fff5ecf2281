package io.sallyport.journal.segment;

import io.sallyport.journal.record.RecordType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The layout of a frame, and the check that one is whole. All numbers are big-endian; frames begin at multiples of eight.
 *
 * <pre>
 *   0  length    4  of the whole frame, a multiple of eight; 0: the log ends here
 *   4  crc       4  CRC32C of everything behind it
 *   8  version   1
 *   9  flags     1  MORE: the payload goes on in the next frame; CONTINUED: it began in an earlier one
 *  10  type      1
 *  11  zero      1
 *  12  payload length 4
 *  16  session  16
 *  32  sequence  8
 *  40  time      8  microseconds since 1970
 *  48  payload, then zeros up to the length
 * </pre>
 *
 * <p>The length is written last, with release semantics: who reads it with acquire semantics sees all that stands behind it.
 */
public final class Frames {

    public static final int OVERHEAD = 48;
    public static final byte VERSION = 1;
    public static final byte MORE = 1;
    public static final byte CONTINUED = 2;

    static final int CRC = 4;
    static final int VERSION_AT = 8;
    static final int FLAGS = 9;
    static final int TYPE = 10;
    static final int PAYLOAD_LENGTH = 12;
    static final int SESSION_HIGH = 16;
    static final int SESSION_LOW = 24;
    static final int SEQUENCE = 32;
    static final int TIME = 40;

    private static final VarHandle LENGTH = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Frames() {}

    /** The length of a frame with a payload of this length. */
    public static int size(int payloadLength) {
        return (OVERHEAD + payloadLength + 7) & ~7;
    }

    /** The length that the frame at this offset declares, read with acquire semantics; 0 where the log ends. */
    public static int length(ByteBuffer buffer, int offset) {
        return offset > buffer.capacity() - OVERHEAD ? 0 : (int) LENGTH.getAcquire(buffer, offset);
    }

    static void publish(ByteBuffer buffer, int offset, int length) {
        LENGTH.setRelease(buffer, offset, length);
    }

    /** Whether the frame at this offset, which declares this length, is whole. */
    public static boolean whole(ByteBuffer buffer, int offset, int length) {
        return sound(buffer, offset, length) && buffer.getInt(offset + CRC) == crc(buffer, offset, length);
    }

    /** Whether the lengths of the frame at this offset agree; its checksum is not looked at. */
    public static boolean sound(ByteBuffer buffer, int offset, int length) {
        if (length < OVERHEAD || (length & 7) != 0 || length > buffer.capacity() - offset) {
            return false;
        }
        int payload = buffer.getInt(offset + PAYLOAD_LENGTH);
        return payload >= 0
                && payload <= length - OVERHEAD
                && size(payload) == length
                && buffer.get(offset + VERSION_AT) == VERSION;
    }

    private static int crc(ByteBuffer buffer, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(offset + VERSION_AT, length - VERSION_AT));
        return (int) crc.getValue();
    }

    /** The number of the type of the whole frame at this offset. */
    public static byte typeId(ByteBuffer buffer, int offset) {
        return buffer.get(offset + TYPE);
    }

    /** Whether the whole frame at this offset is of this type. */
    public static boolean is(ByteBuffer buffer, int offset, RecordType type) {
        return typeId(buffer, offset) == type.id();
    }

    /** The flags of the whole frame at this offset. */
    public static byte flags(ByteBuffer buffer, int offset) {
        return buffer.get(offset + FLAGS);
    }

    public static long sessionHigh(ByteBuffer buffer, int offset) {
        return buffer.getLong(offset + SESSION_HIGH);
    }

    public static long sessionLow(ByteBuffer buffer, int offset) {
        return buffer.getLong(offset + SESSION_LOW);
    }

    public static long sequence(ByteBuffer buffer, int offset) {
        return buffer.getLong(offset + SEQUENCE);
    }

    public static long timeMicros(ByteBuffer buffer, int offset) {
        return buffer.getLong(offset + TIME);
    }

    /** A copy of the payload of the whole frame at this offset. */
    public static byte[] payload(ByteBuffer buffer, int offset) {
        byte[] payload = new byte[buffer.getInt(offset + PAYLOAD_LENGTH)];
        buffer.get(offset + OVERHEAD, payload);
        return payload;
    }
}
