package io.sallyport.kubernetes.naming.body;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object in Kubernetes' protobuf envelope: four bytes, then a message {@code Unknown} with the object's type and its bytes
 * (k8s.io/apimachinery, runtime/generated.proto). Without the kind's own schema its fields have no names, but every string is seen,
 * and what all kinds have in the same place: the metadata is the first field, the name the first in it.
 */
final class ProtobufBody {

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final int DEEPEST = 24;

    /** A string that could be a message too is shown twice, and so on inwards; a body that makes much of that is not read. */
    private static final int MOST_TIMES = 8;

    /** So many fields, read again at each depth, are more than an object has. */
    private static final int MOST_FIELDS = 500_000;

    private final byte[] body;
    private final StringBuilder text = new StringBuilder();
    private final List<String> dryRun = new ArrayList<>();
    private String kind = "";
    private @Nullable String name;
    private boolean noGrace;
    private int fieldsRead;

    private ProtobufBody(byte[] body) {
        this.body = body;
    }

    /** One field of a message: its number, its varint, or where its bytes are; an offset of -1 if it has none. */
    private record Field(int number, long varint, int offset, int end) {}

    /**
     * Reads a body.
     *
     * @param shown whether its strings may be in the text
     * @throws IllegalArgumentException if it is not such a message, or one with more than one reading
     */
    static ProtobufBody read(byte[] body, boolean shown) {
        ProtobufBody read = new ProtobufBody(body);
        for (int i = 0; i < MAGIC.length; i++) {
            check(i < body.length && body[i] == MAGIC[i]);
        }
        Field object = null;
        for (Field field : read.fields(MAGIC.length, body.length)) {
            switch (field.number()) {
                case 1 -> read.type(field);
                case 2 -> {
                    check(object == null && field.offset() >= 0);
                    object = field;
                }
                default -> check(field.offset() == field.end());
            }
        }
        if (object != null) {
            read.object(object, shown);
        }
        return read;
    }

    private static void check(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException("not a message with one reading");
        }
    }

    private void type(Field type) {
        check(type.offset() >= 0 && kind.isEmpty());
        for (Field field : fields(type.offset(), type.end())) {
            if (field.number() == 2) {
                kind = string(field);
            }
        }
    }

    private void object(Field object, boolean shown) {
        List<Field> fields = fields(object.offset(), object.end());
        if (kind.equals("DeleteOptions")) {
            for (Field field : fields) {
                noGrace |= field.number() == 1 && field.offset() < 0 && field.varint() == 0;
                if (field.number() == 5) {
                    dryRun.add(string(field));
                }
            }
        } else {
            metadata(fields);
        }
        if (shown) {
            text.append('\n');
            strings(object.offset(), object.end(), 0);
        }
    }

    /** The name, if there is one place for it: a field that comes twice is merged by some and replaced by others. */
    private void metadata(List<Field> fields) {
        Field metadata = null;
        for (Field field : fields) {
            if (field.number() == 1 && field.offset() >= 0) {
                check(metadata == null);
                metadata = field;
            }
        }
        if (metadata == null || !message(metadata.offset(), metadata.end())) {
            return;
        }
        for (Field field : fields(metadata.offset(), metadata.end())) {
            if (field.number() == 1) {
                check(name == null);
                String found = string(field);
                name = found.isEmpty() ? null : found;
            }
        }
    }

    private String string(Field field) {
        check(field.offset() >= 0);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body, field.offset(), field.end() - field.offset()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a string that is not UTF-8", e);
        }
    }

    /** Every field's bytes as text, and what is in them if they may be a message. */
    private void strings(int from, int to, int depth) {
        check(depth < DEEPEST && text.length() <= (long) MOST_TIMES * body.length);
        for (Field field : fields(from, to)) {
            if (field.offset() < 0) {
                continue;
            }
            boolean message = field.end() > field.offset() && message(field.offset(), field.end());
            if (!message || plain(field)) {
                text.append('"')
                        .append(new String(body, field.offset(), field.end() - field.offset(), StandardCharsets.UTF_8)
                                .replace("\n", "\\n"))
                        .append("\" ");
            }
            if (message) {
                strings(field.offset(), field.end(), depth + 1);
            }
        }
    }

    /** Whether the bytes are text of their own, rather than the tags and lengths of a message. */
    private boolean plain(Field field) {
        for (int i = field.offset(); i < field.end(); i++) {
            if (body[i] >= 0 && body[i] < ' ' && body[i] != '\n' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private boolean message(int from, int to) {
        try {
            fields(from, to);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private List<Field> fields(int from, int to) {
        List<Field> fields = new ArrayList<>();
        int at = from;
        while (at < to) {
            check(++fieldsRead <= MOST_FIELDS);
            long tag = varint(at, to);
            at += varintLength(at, to);
            int number = (int) (tag >>> 3);
            check(tag >>> 3 > 0 && tag >>> 3 < 1 << 29);
            switch ((int) (tag & 7)) {
                case 0 -> {
                    fields.add(new Field(number, varint(at, to), -1, -1));
                    at += varintLength(at, to);
                }
                case 1 -> at += 8;
                case 2 -> {
                    long length = varint(at, to);
                    at += varintLength(at, to);
                    check(length >= 0 && length <= to - at);
                    fields.add(new Field(number, 0, at, at + (int) length));
                    at += (int) length;
                }
                case 5 -> at += 4;
                default -> check(false);
            }
            check(at <= to);
        }
        return fields;
    }

    private long varint(int from, int to) {
        long value = 0;
        int length = varintLength(from, to);
        for (int i = 0; i < length; i++) {
            value |= (long) (body[from + i] & 0x7f) << (7 * i);
        }
        return value;
    }

    private int varintLength(int from, int to) {
        int length = 1;
        while (from + length - 1 < to && body[from + length - 1] < 0) {
            length++;
        }
        check(length <= 10 && from + length <= to);
        return length;
    }

    /** The strings, after a line break; empty if they are not shown. */
    String text() {
        return text.toString().stripTrailing();
    }

    /** The object's name, null if it has none. */
    @Nullable
    String name() {
        return name;
    }

    /** Whether it is a list. */
    boolean list() {
        return kind.endsWith("List");
    }

    /** The stages that options of a deletion rehearse. */
    List<String> dryRun() {
        return dryRun;
    }

    /** Whether options of a deletion leave no time to end. */
    boolean noGrace() {
        return noGrace;
    }
}
