package io.sallyport.postgres.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an ErrorResponse or NoticeResponse, in order, as bytes. */
public final class Report {

    private final Map<Character, byte[]> fields;

    private Report(Map<Character, byte[]> fields) {
        this.fields = fields;
    }

    /** Reads a whole message. */
    public static Report read(ByteBuf buffer, int start, int end) {
        Map<Character, byte[]> fields = new LinkedHashMap<>();
        int at = start + Wire.HEADER;
        while (at < end && buffer.getByte(at) != 0) {
            int zero = Wire.stringEnd(buffer, at + 1, end);
            fields.put((char) buffer.getUnsignedByte(at), Wire.bytes(buffer, at + 1, zero));
            at = zero + 1;
        }
        return new Report(fields);
    }

    /** A field as text, null if it is absent. */
    public @Nullable String text(char field) {
        byte[] value = fields.get(field);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    /** A field's bytes, null if it is absent. */
    public byte @Nullable [] bytes(char field) {
        return fields.get(field);
    }

    /** The SQLSTATE. */
    public String code() {
        String code = text('C');
        return code == null ? "XX000" : code;
    }

    /** Whether the server closes the connection after it. */
    public boolean fatal() {
        String severity = text('V');
        if (severity == null) {
            severity = text('S');
        }
        return "FATAL".equals(severity) || "PANIC".equals(severity);
    }

    /** Replaces a field, or removes it with null. */
    public void set(char field, byte @Nullable [] value) {
        if (value == null) {
            fields.remove(field);
        } else {
            fields.put(field, value);
        }
    }

    /** The message again. */
    public ByteBuf write(ByteBufAllocator allocator, int type) {
        ByteBuf out = allocator.buffer().writeByte(type).writeInt(0);
        fields.forEach((field, value) -> out.writeByte(field).writeBytes(value).writeByte(0));
        out.writeByte(0);
        return out.setInt(1, out.writerIndex() - 1);
    }
}
