package io.sallyport.kubernetes.masking;

import io.sallyport.api.guardrail.Mask;
import java.util.Arrays;

/**
 * Masks JSON documents, one after the other, as their bytes go by.
 *
 * <pre>
 *   VALUE ──► (object) FIRST_NAME ──► NAME' ──► COLON ──► VALUE
 *     │                                                     │
 *     ├──► STRING, SCALAR ──────────────────────────────► AFTER ──► NAME or VALUE at a comma, the level above at a bracket
 * </pre>
 *
 * <p>What is not masked is given out as it came, white space and escapes included. Memory is that of the longest masked string, up to
 * a limit beyond which its place is taken by a fixed text.
 */
final class JsonMask implements AnswerMask {

    /** No object that the API server stores is longer. */
    static final int LONGEST_VALUE = 4 << 20;

    private static final byte[] QUOTE = {'"'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final int LONGEST_NAME = 1 << 16;
    private static final int DEEPEST = 512;

    private enum State {
        VALUE,
        FIRST_VALUE,
        FIRST_NAME,
        NAME,
        COLON,
        AFTER
    }

    private enum Token {
        NONE,
        NAME,
        STRING,
        SCALAR
    }

    private final FieldNode root;
    private final boolean single;
    private final StringMasking strings;
    private final StringEnds ends = new StringEnds();
    private final MaskedValue held = new MaskedValue();
    private final MaskedValue scalarOut = new MaskedValue();
    private FieldNode[] fields = new FieldNode[32];
    private boolean[] arrays = new boolean[32];
    private int[] counts = new int[32];
    private int depth;
    private FieldNode field;
    private State state = State.VALUE;
    private Token token = Token.NONE;
    private boolean escaped;
    private boolean taken;
    private boolean overflow;

    JsonMask(FieldNode root) {
        this(root, 0);
    }

    /** For a document that is the value of a string within others; there is only one in a string. */
    JsonMask(FieldNode root, int nesting) {
        this.root = root;
        this.single = nesting > 0;
        this.field = root;
        this.strings = new StringMasking(nesting);
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Sink out) {
        ends.reset(bytes, offset, length);
        int end = offset + length;
        int at = offset;
        int given = offset;
        while (at < end) {
            if (token != Token.NONE) {
                int stop = tokenEnd(bytes, at, end);
                if (stop < 0) {
                    hold(bytes, at, end);
                    at = end;
                    given = taken ? end : given;
                    break;
                }
                given = finish(bytes, at, stop, given, out);
                at = token == Token.SCALAR ? stop : stop + 1;
                token = Token.NONE;
                continue;
            }
            byte c = bytes[at];
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
                at++;
            } else if (structure(c)) {
                at++;
            } else {
                begin(c);
                if (taken) {
                    out.write(bytes, given, at - given);
                    given = at + (token == Token.STRING ? 1 : 0);
                }
                at += token == Token.SCALAR ? 0 : 1;
            }
        }
        if (given < end && !(token != Token.NONE && taken)) {
            out.write(bytes, given, end - given);
        }
    }

    /** Takes a bracket, a comma or a colon; false if a token begins here. */
    private boolean structure(byte c) {
        switch (c) {
            case '{' -> open(false);
            case '[' -> open(true);
            case '}' -> close(false);
            case ']' -> close(true);
            case ',' -> comma();
            case ':' -> {
                expect(state == State.COLON);
                state = State.VALUE;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void expect(boolean fits) {
        if (!fits) {
            throw new UnmaskableException("the answer is not JSON");
        }
    }

    private void open(boolean array) {
        expect(state == State.VALUE || state == State.FIRST_VALUE);
        if (depth == DEEPEST) {
            throw new UnmaskableException("the answer is nested too deeply to be masked");
        }
        if (depth == fields.length) {
            fields = Arrays.copyOf(fields, 2 * depth);
            arrays = Arrays.copyOf(arrays, 2 * depth);
            counts = Arrays.copyOf(counts, 2 * depth);
        }
        fields[depth] = field;
        arrays[depth] = array;
        counts[depth] = 0;
        depth++;
        if (array) {
            field = field.item(0);
        }
        state = array ? State.FIRST_VALUE : State.FIRST_NAME;
    }

    private void close(boolean array) {
        boolean empty = state == (array ? State.FIRST_VALUE : State.FIRST_NAME);
        expect(depth > 0 && arrays[depth - 1] == array && (empty || state == State.AFTER));
        depth--;
        ended();
    }

    private void comma() {
        expect(state == State.AFTER && depth > 0);
        if (arrays[depth - 1]) {
            counts[depth - 1]++;
            field = fields[depth - 1].item(counts[depth - 1]);
            state = State.VALUE;
        } else {
            state = State.NAME;
        }
    }

    /** A value is over. Behind the last one of a document another document may begin. */
    private void ended() {
        state = depth == 0 && !single ? State.VALUE : State.AFTER;
        if (depth == 0) {
            field = root;
        }
    }

    private void begin(byte c) {
        escaped = false;
        overflow = false;
        held.reset();
        if (c == '"' && (state == State.FIRST_NAME || state == State.NAME)) {
            token = Token.NAME;
            taken = false;
            return;
        }
        expect(state == State.VALUE || state == State.FIRST_VALUE);
        if (c == '"') {
            token = Token.STRING;
            taken = field.text() != null;
        } else {
            expect(scalar(c));
            token = Token.SCALAR;
            taken = field.scalar() != null;
        }
    }

    private static boolean scalar(byte c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || c == '-'
                || c == '+'
                || c == '.'
                || (c >= 'A' && c <= 'Z');
    }

    /** Where the token ends within these bytes: at the closing quotation mark, or behind the scalar's last byte. */
    private int tokenEnd(byte[] bytes, int from, int end) {
        if (token == Token.SCALAR) {
            for (int i = from; i < end; i++) {
                if (!scalar(bytes[i])) {
                    return i;
                }
            }
            return -1;
        }
        int at = from;
        while (at < end) {
            if (escaped) {
                escaped = false;
                at++;
                continue;
            }
            at = ends.next(at);
            if (at < end && bytes[at] == '"') {
                return at;
            }
            escaped = at < end;
            at++;
        }
        return -1;
    }

    private void hold(byte[] bytes, int from, int to) {
        boolean name = token == Token.NAME;
        if (!name && !taken) {
            return;
        }
        if (held.length() + to - from > (name ? LONGEST_NAME : LONGEST_VALUE)) {
            if (name) {
                throw new UnmaskableException("the answer has a name that is too long");
            }
            overflow = true;
            held.reset();
        }
        if (!overflow) {
            held.write(bytes, from, to - from);
        }
    }

    /** Ends a token; answers up to where the bytes have been given out. */
    private int finish(byte[] bytes, int from, int stop, int given, Sink out) {
        if (token == Token.NAME) {
            name(bytes, from, stop);
            return given;
        }
        int next = token == Token.STRING ? stop + 1 : stop;
        if (taken) {
            byte[] value = bytes;
            int start = from;
            int size = stop - from;
            if (held.length() > 0 || overflow) {
                hold(bytes, from, stop);
                value = held.bytes();
                start = 0;
                size = held.length();
            }
            if (token == Token.STRING) {
                string(value, start, size, out);
            } else {
                number(value, start, size, out);
            }
        }
        boolean wasTaken = taken;
        ended();
        return wasTaken ? next : given;
    }

    private void name(byte[] bytes, int from, int stop) {
        byte[] raw = bytes;
        int start = from;
        int size = stop - from;
        if (held.length() > 0) {
            hold(bytes, from, stop);
            raw = held.bytes();
            start = 0;
            size = held.length();
        }
        FieldNode object = fields[depth - 1];
        if (JsonStrings.hasEscape(raw, start, size)) {
            scalarOut.reset();
            JsonStrings.unescape(raw, start, size, scalarOut);
            field = object.member(scalarOut.bytes(), 0, scalarOut.length());
        } else {
            field = object.member(raw, start, size);
        }
        state = State.COLON;
    }

    private void string(byte[] value, int start, int size, Sink out) {
        Mask mask = field.text();
        boolean changed;
        if (overflow || mask == null) {
            strings.tooLong();
            changed = true;
        } else {
            changed = strings.apply(field, mask, value, start, size);
        }
        if (changed) {
            out.write(strings.result().bytes(), 0, strings.result().length());
        } else {
            out.write(QUOTE, 0, 1);
            out.write(value, start, size);
            out.write(QUOTE, 0, 1);
        }
    }

    /** A number that must not be seen becomes null, since no other number would be true. */
    private void number(byte[] value, int start, int size, Sink out) {
        Mask mask = field.scalar();
        scalarOut.reset();
        boolean changed = overflow || mask == null || mask.apply(value, start, size, scalarOut);
        if (changed) {
            out.write(NULL, 0, NULL.length);
        } else {
            out.write(value, start, size);
        }
    }

    @Override
    public void end(Sink out) {
        // A number is over only once something follows it, which at the end of a document nothing does.
        if (token == Token.SCALAR && depth == 0) {
            if (taken) {
                number(held.bytes(), 0, held.length(), out);
            }
            token = Token.NONE;
            ended();
        }
        if (token != Token.NONE || depth > 0 || state != (single ? State.AFTER : State.VALUE)) {
            throw new UnmaskableException("the answer ended within a document");
        }
    }
}
