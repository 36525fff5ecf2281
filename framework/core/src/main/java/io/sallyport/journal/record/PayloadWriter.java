package io.sallyport.journal.record;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A payload being laid out: a version byte and then fields, each a tag and a value (docs/journal-format.md). One writer is kept per
 * lane and used again for every record, so that a record costs no garbage.
 *
 * <ol>
 *   <li>{@link #reset()} comes first; what was written before it is gone.
 *   <li>Maps and lists nest; each is closed by {@link #end()}.
 *   <li>The lane copies the bytes in {@code append}: the writer may be reset as soon as that returns.
 *   <li>A payload above the limit is refused with an {@link IllegalArgumentException} before it takes more memory.
 * </ol>
 *
 * <p>Not safe for use by several threads.
 */
public final class PayloadWriter {

    /** The version of the layout, the first byte of every payload. */
    public static final int VERSION = 1;

    /** The default limit of a payload, in bytes. */
    public static final int DEFAULT_MAXIMUM = 16 << 20;

    static final int NUMBER = 0;
    static final int TEXT = 1;
    static final int BYTES = 2;
    static final int FALSE = 3;
    static final int TRUE = 4;
    static final int MAP = 5;
    static final int LIST = 6;
    static final int END = 7;

    private static final int KEPT = 64 << 10;
    private static final int LONGEST_VARINT = 10;

    private final int maximum;
    private byte[] array = new byte[512];
    private int size;
    private int depth;

    /** A writer with the default limit. */
    public PayloadWriter() {
        this(DEFAULT_MAXIMUM);
    }

    /** A writer whose payloads may take {@code maximum} bytes. */
    public PayloadWriter(int maximum) {
        this.maximum = maximum;
        reset();
    }

    /** Begins a new payload. */
    public PayloadWriter reset() {
        if (array.length > KEPT) {
            array = new byte[512];
        }
        array[0] = VERSION;
        size = 1;
        depth = 0;
        return this;
    }

    /** Writes a whole number. */
    public PayloadWriter number(PayloadKey key, long value) {
        reserve(2 * LONGEST_VARINT);
        tag(key, NUMBER);
        varint((value << 1) ^ (value >> 63));
        return this;
    }

    /** Writes true or false. */
    public PayloadWriter flag(PayloadKey key, boolean value) {
        reserve(LONGEST_VARINT);
        tag(key, value ? TRUE : FALSE);
        return this;
    }

    /** Writes a text as UTF-8; a surrogate without its partner becomes U+FFFD. */
    public PayloadWriter text(PayloadKey key, String value) {
        int length = Utf8.length(value);
        begin(key, TEXT, length);
        Utf8.encode(value, array, size);
        size += length;
        return this;
    }

    /** Writes a text that is UTF-8 already; bytes that are not are kept as they are and shown in Base64. */
    public PayloadWriter text(PayloadKey key, byte[] utf8, int offset, int length) {
        return blob(key, TEXT, utf8, offset, length);
    }

    /** Writes the remaining bytes of a buffer as a text that is UTF-8 already; the buffer's position stays. */
    public PayloadWriter text(PayloadKey key, ByteBuffer utf8) {
        return blob(key, TEXT, utf8);
    }

    /** Writes bytes. */
    public PayloadWriter bytes(PayloadKey key, byte[] value, int offset, int length) {
        return blob(key, BYTES, value, offset, length);
    }

    /** Writes the remaining bytes of a buffer; the buffer's position stays. */
    public PayloadWriter bytes(PayloadKey key, ByteBuffer value) {
        return blob(key, BYTES, value);
    }

    /** Splices in what another writer laid out: its payload without the version byte. */
    public PayloadWriter fields(byte[] payload) {
        int length = payload.length - 1;
        if (length < 0 || payload[0] != VERSION) {
            throw new IllegalArgumentException("not a payload of version " + VERSION);
        }
        reserve(length);
        System.arraycopy(payload, 1, array, size, length);
        size += length;
        return this;
    }

    /** Begins a map: keys and values until {@link #end()}. */
    public PayloadWriter map(PayloadKey key) {
        return open(key, MAP);
    }

    /** Begins a list: values under {@link PayloadKey#ITEM} until {@link #end()}. */
    public PayloadWriter list(PayloadKey key) {
        return open(key, LIST);
    }

    /** Ends the innermost map or list. */
    public PayloadWriter end() {
        if (depth == 0) {
            throw new IllegalStateException("no map or list is open");
        }
        depth--;
        reserve(LONGEST_VARINT);
        tag(PayloadKey.ITEM, END);
        return this;
    }

    /**
     * The length of the payload so far, in bytes.
     *
     * @throws IllegalStateException if a map or list is still open
     */
    public int length() {
        if (depth != 0) {
            throw new IllegalStateException(depth + " maps or lists are open");
        }
        return size;
    }

    /** The memory that holds the payload in its first {@link #length()} bytes; valid until the next call that writes. */
    public byte[] array() {
        return array;
    }

    /** A copy of the payload. */
    public byte[] toByteArray() {
        return Arrays.copyOf(array, length());
    }

    private PayloadWriter open(PayloadKey key, int kind) {
        reserve(LONGEST_VARINT);
        tag(key, kind);
        depth++;
        return this;
    }

    private PayloadWriter blob(PayloadKey key, int kind, byte[] value, int offset, int length) {
        begin(key, kind, length);
        System.arraycopy(value, offset, array, size, length);
        size += length;
        return this;
    }

    private PayloadWriter blob(PayloadKey key, int kind, ByteBuffer value) {
        int length = value.remaining();
        begin(key, kind, length);
        value.get(value.position(), array, size, length);
        size += length;
        return this;
    }

    private void begin(PayloadKey key, int kind, int length) {
        reserve(2L * LONGEST_VARINT + length);
        tag(key, kind);
        varint(length);
    }

    private void tag(PayloadKey key, int kind) {
        varint(((long) key.id() << 3) | kind);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            array[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[size++] = (byte) rest;
    }

    private void reserve(long more) {
        long needed = size + more;
        if (needed <= array.length) {
            return;
        }
        if (needed > maximum + 2L * LONGEST_VARINT) {
            throw new IllegalArgumentException(
                    "a record's payload of " + needed + " bytes is above the journal's limit of " + maximum);
        }
        array = Arrays.copyOf(
                array, (int) Math.min(maximum + 2L * LONGEST_VARINT, Math.max(needed, 2L * array.length)));
    }
}
