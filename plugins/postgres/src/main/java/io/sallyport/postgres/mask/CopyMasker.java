package io.sallyport.postgres.mask;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.netty.ProtocolException;
import io.sallyport.postgres.sql.tree.Copy;
import io.sallyport.postgres.statement.Names;
import io.sallyport.postgres.wire.Backend;
import io.sallyport.postgres.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hides values in the rows that COPY … TO STDOUT sends in text or CSV (PostgreSQL documentation, "COPY", File Formats).
 *
 * <ol>
 *   <li>The server sends one row in each message; a message that does not end with its row is an error, never clear text.
 *   <li>A masked value of a type that is not text becomes the null text.
 *   <li>A row in which nothing changes is not written again.
 * </ol>
 *
 * <p>Confined to one event loop.
 */
public final class CopyMasker {

    private final @Nullable Mask[] masks;
    private final boolean[] text;
    private final boolean csv;
    private final byte delimiter;
    private final byte quote;
    private final byte escape;
    private final byte[] nullText;
    private boolean headerComes;
    private final MaskedValue value = new MaskedValue();
    private byte[] row = {};
    private @Nullable ByteBuf pending;
    private byte[] plain = new byte[256];
    private int plainLength;
    private int at;

    private CopyMasker(@Nullable Mask[] masks, boolean[] text, Copy.Options options) {
        this.masks = masks;
        this.text = text;
        this.csv = options.format().equals("csv");
        this.delimiter = one(options.delimiter(), csv ? ',' : '\t');
        this.quote = one(options.quote(), '"');
        this.escape = options.escape() == null ? quote : one(options.escape(), '"');
        String none = options.nullText();
        this.nullText = (none == null ? (csv ? "" : "\\N") : none).getBytes(StandardCharsets.UTF_8);
        this.headerComes = options.header();
    }

    private static byte one(@Nullable String character, char absent) {
        return (byte) (character == null || character.isEmpty() ? absent : character.charAt(0));
    }

    /** What hides values of rows of a shape, or null if no field needs a mask. */
    public static @Nullable CopyMasker of(Shape shape, Masking masking, Names names, Copy.Options options) {
        List<Shape.Column> columns = shape.fields();
        @Nullable Mask[] masks = new @Nullable Mask[columns.size()];
        boolean[] text = new boolean[masks.length];
        boolean any = false;
        for (int i = 0; i < masks.length; i++) {
            Field.Type type = FieldTypes.of(columns.get(i).type());
            masks[i] = Masker.mask(columns.get(i), masking, names);
            text[i] = type == Field.Type.TEXT || type == Field.Type.JSON;
            any |= masks[i] != null;
        }
        return any ? new CopyMasker(masks, text, options) : null;
    }

    /** The message with its values hidden, or null if it may leave as it is. */
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
        row = Wire.bytes(buffer, start + Wire.HEADER, end);
        if (headerComes) {
            headerComes = false;
            return;
        }
        if (row.length == 0 || row[row.length - 1] != '\n') {
            throw new ProtocolException("COPY data that is not cut at its rows cannot be masked");
        }
        ByteBuf out = null;
        int copied = 0;
        at = 0;
        for (int i = 0; i < masks.length; i++) {
            int from = at;
            boolean isNull = csv ? csvField() : textField();
            boolean last = at < row.length && row[at] == '\n';
            if (last != (i == masks.length - 1) || (last && at != row.length - 1)) {
                throw new ProtocolException("COPY data that does not have the described columns cannot be masked");
            }
            Mask mask = masks[i];
            value.reset();
            if (mask != null && !isNull && mask.apply(plain, 0, plainLength, value)) {
                if (out == null) {
                    out = allocator
                            .buffer(row.length + 64)
                            .writeByte(Backend.COPY_DATA)
                            .writeInt(0);
                    pending = out;
                }
                out.writeBytes(row, copied, from - copied);
                write(out, i);
                copied = at;
            }
            at++;
        }
        if (out != null) {
            out.writeBytes(row, copied, row.length - copied);
            out.setInt(1, out.writerIndex() - 1);
        }
    }

    private void plain(byte b) {
        if (plainLength == plain.length) {
            plain = Arrays.copyOf(plain, 2 * plain.length);
        }
        plain[plainLength++] = b;
    }

    private boolean isNullText(int from) {
        return Arrays.equals(row, from, at, nullText, 0, nullText.length);
    }

    /** Reads a field to the delimiter or line end behind it; true if it is null. */
    private boolean textField() {
        int from = at;
        plainLength = 0;
        while (at < row.length && row[at] != delimiter && row[at] != '\n') {
            byte b = row[at++];
            if (b == '\\' && at < row.length) {
                b = unescaped(row[at++]);
            }
            plain(b);
        }
        return isNullText(from);
    }

    private static byte unescaped(byte b) {
        return (byte)
                switch (b) {
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'v' -> 0x0b;
                    default -> b;
                };
    }

    private boolean csvField() {
        int from = at;
        plainLength = 0;
        if (at < row.length && row[at] == quote) {
            quotedField();
            return false;
        }
        while (at < row.length && row[at] != delimiter && row[at] != '\n') {
            plain(row[at++]);
        }
        return isNullText(from);
    }

    private void quotedField() {
        at++;
        while (at < row.length) {
            byte b = row[at];
            if (b == escape && at + 1 < row.length && (row[at + 1] == quote || (row[at + 1] == escape))) {
                plain(row[at + 1]);
                at += 2;
            } else if (b == quote) {
                at++;
                return;
            } else {
                plain(b);
                at++;
            }
        }
    }

    private void write(ByteBuf out, int field) {
        if (value.isNull() || !text[field]) {
            out.writeBytes(nullText);
        } else if (csv) {
            writeQuoted(out);
        } else {
            writeEscaped(out);
        }
    }

    private void writeQuoted(ByteBuf out) {
        out.writeByte(quote);
        for (int i = 0; i < value.length(); i++) {
            byte b = value.bytes()[i];
            if (b == quote || b == escape) {
                out.writeByte(escape);
            }
            out.writeByte(b);
        }
        out.writeByte(quote);
    }

    private void writeEscaped(ByteBuf out) {
        for (int i = 0; i < value.length(); i++) {
            byte b = value.bytes()[i];
            int letter =
                    switch (b) {
                        case '\b' -> 'b';
                        case '\f' -> 'f';
                        case '\n' -> 'n';
                        case '\r' -> 'r';
                        case '\t' -> 't';
                        case 0x0b -> 'v';
                        default -> b == '\\' || b == delimiter ? b : 0;
                    };
            if (letter != 0) {
                out.writeByte('\\').writeByte(letter);
            } else {
                out.writeByte(b);
            }
        }
    }
}
