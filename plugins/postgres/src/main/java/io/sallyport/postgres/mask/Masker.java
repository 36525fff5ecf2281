package io.sallyport.postgres.mask;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sallyport.api.action.Resource;
import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.netty.ProtocolException;
import io.sallyport.postgres.statement.Names;
import io.sallyport.postgres.wire.Backend;
import io.sallyport.postgres.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hides values of the rows of one shape.
 *
 * <ol>
 *   <li>A masked value of a type that is not text becomes null, since only null is valid in every type and format.
 *   <li>A value in binary that cannot be shown to a mask as text becomes null.
 *   <li>A row in which nothing changes is not written again.
 *   <li>It needs one row of memory.
 * </ol>
 *
 * <p>Confined to one event loop.
 */
public final class Masker {

    private final @Nullable Mask[] masks;
    private final Shape shape;
    private final short[] formats;
    private final MaskedValue value = new MaskedValue();
    private byte[] scratch = new byte[256];
    private @Nullable ByteBuf pending;

    private Masker(@Nullable Mask[] masks, Shape shape, short[] formats) {
        this.masks = masks;
        this.shape = shape;
        this.formats = formats;
    }

    /**
     * What hides values of rows of a shape.
     *
     * @param formats the result formats of a Bind, or null where the shape itself knows them
     * @return null if no field needs a mask
     * @throws UnknownRelationException if the names do not have a relation of the shape
     */
    public static @Nullable Masker of(Shape shape, short @Nullable [] formats, Masking masking, Names names) {
        List<Shape.Column> columns = shape.fields();
        @Nullable Mask[] masks = new @Nullable Mask[columns.size()];
        boolean any = false;
        for (int i = 0; i < masks.length; i++) {
            Shape.Column column = columns.get(i);
            masks[i] = mask(column, masking, names);
            any |= masks[i] != null;
        }
        return any ? new Masker(masks, shape, effective(columns, formats)) : null;
    }

    /** The strictest mask of all the columns that a field may come from. */
    static @Nullable Mask mask(Shape.Column column, Masking masking, Names names) {
        Field.Type type = FieldTypes.of(column.type());
        // A whole row has its relation but no column; what it holds was judged as computed.
        if (column.relation() == 0 || column.attribute() == 0) {
            return masking.maskFor(new Field(column.name(), null, type));
        }
        List<Resource> origins = names.columns(column.relation(), column.attribute());
        if (origins.isEmpty()) {
            throw new UnknownRelationException();
        }
        Mask strictest = null;
        for (Resource origin : origins) {
            Mask mask = masking.maskFor(new Field(column.name(), origin, type));
            if (mask != null && (strictest == null || mask.strength().compareTo(strictest.strength()) > 0)) {
                strictest = mask;
            }
        }
        return strictest;
    }

    private static short[] effective(List<Shape.Column> columns, short @Nullable [] formats) {
        short[] effective = new short[columns.size()];
        for (int i = 0; i < effective.length; i++) {
            if (formats == null) {
                effective[i] = columns.get(i).format();
            } else if (formats.length == 1) {
                effective[i] = formats[0];
            } else if (i < formats.length) {
                effective[i] = formats[i];
            }
        }
        return effective;
    }

    /** The row with its values hidden, or null if it may leave as it is. */
    public @Nullable ByteBuf row(ByteBuf buffer, int start, int end, ByteBufAllocator allocator) {
        try {
            hide(buffer, start, end, allocator);
            return pending;
        } catch (RuntimeException e) {
            if (pending != null) {
                pending.release();
            }
            throw e;
        } finally {
            pending = null;
        }
    }

    private void hide(ByteBuf buffer, int start, int end, ByteBufAllocator allocator) {
        int count = Wire.count(buffer, start + Wire.HEADER, end);
        if (count != masks.length) {
            throw new ProtocolException("a row that does not have the described fields");
        }
        ByteBuf out = null;
        int copied = start;
        int at = start + Wire.HEADER + 2;
        for (int i = 0; i < count; i++) {
            int length = Wire.number(buffer, at, end);
            Wire.need(at + 4, Math.max(length, 0), end);
            Mask mask = masks[i];
            if (mask != null && length >= 0 && changes(mask, i, buffer, at + 4, length)) {
                if (out == null) {
                    out = allocator.buffer(end - start + 64);
                    pending = out;
                }
                out.writeBytes(buffer, copied, at - copied);
                value.writeTo(out, isText(i));
                copied = at + 4 + length;
            }
            at += 4 + Math.max(length, 0);
        }
        if (at != end) {
            throw new ProtocolException("a row with something behind its end");
        }
        if (out != null) {
            out.writeBytes(buffer, copied, end - copied);
            out.setByte(0, Backend.DATA_ROW).setInt(1, out.writerIndex() - 1);
        }
    }

    private boolean isText(int field) {
        Field.Type type = FieldTypes.of(shape.fields().get(field).type());
        return type == Field.Type.TEXT || (formats[field] == 0 && type == Field.Type.JSON);
    }

    private boolean changes(Mask mask, int field, ByteBuf buffer, int at, int length) {
        value.reset();
        int type = shape.fields().get(field).type();
        if (formats[field] == 0 || FieldTypes.of(type) == Field.Type.TEXT || type == FieldTypes.JSON) {
            if (scratch.length < length) {
                scratch = new byte[Math.max(length, 2 * scratch.length)];
            }
            buffer.getBytes(at, scratch, 0, length);
            return mask.apply(scratch, 0, length, value);
        }
        String shown = BinaryValues.text(type, buffer, at, length);
        if (shown == null) {
            value.writeNull();
            return true;
        }
        byte[] text = shown.getBytes(StandardCharsets.UTF_8);
        return mask.apply(text, 0, text.length, value);
    }
}
