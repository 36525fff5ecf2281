package io.sallyport.postgres.mask;

import io.netty.buffer.ByteBuf;
import io.sallyport.netty.ProtocolException;
import io.sallyport.postgres.wire.Wire;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * What rows look like: the fields of a RowDescription.
 *
 * @param fields the fields in order
 */
public record Shape(List<Column> fields) {

    private static final int FIXED = 18;

    /** Copies the list. */
    public Shape {
        fields = List.copyOf(fields);
    }

    /** Reads a whole RowDescription. */
    public static Shape read(ByteBuf buffer, int start, int end, Charset charset) {
        int count = Wire.count(buffer, start + Wire.HEADER, end);
        int at = start + Wire.HEADER + 2;
        List<Column> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int nameEnd = Wire.stringEnd(buffer, at, end);
            Wire.need(nameEnd + 1, FIXED, end);
            fields.add(new Column(
                    Wire.text(buffer, at, nameEnd, charset),
                    buffer.getInt(nameEnd + 1),
                    buffer.getShort(nameEnd + 5),
                    buffer.getInt(nameEnd + 7),
                    buffer.getShort(nameEnd + 17)));
            at = nameEnd + 1 + FIXED;
        }
        if (at != end) {
            throw new ProtocolException("a RowDescription with something behind its end");
        }
        return new Shape(fields);
    }

    /**
     * One field.
     *
     * @param name its name in the result
     * @param relation the OID of the relation that it comes from, 0 if it comes from none
     * @param attribute its attribute number there
     * @param type the OID of its type
     * @param format 0 for text, 1 for binary
     */
    public record Column(String name, int relation, int attribute, int type, short format) {}
}
