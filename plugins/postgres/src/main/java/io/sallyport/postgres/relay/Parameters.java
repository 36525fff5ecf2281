package io.sallyport.postgres.relay;

import io.netty.buffer.ByteBuf;
import io.sallyport.api.action.SqlStatement.Parameter;
import io.sallyport.netty.ProtocolException;
import io.sallyport.postgres.wire.Wire;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a Bind or FunctionCall message, read in place and checked against the message's bounds. */
final class Parameters {

    private static final int LONG_VALUE = 64 * 1024;
    private static final int PREFIX = 1024;

    private List<Parameter> values = List.of();
    private short[] resultFormats = Work.ALL_TEXT;

    /** Reads a Bind from behind the two names to the end of the message. */
    void read(ByteBuf buffer, int from, int end, Statement statement) {
        readResultFormats(buffer, readValues(buffer, from, end, statement), end);
    }

    /** Reads a FunctionCall from behind the function's number to the end of the message. */
    void readCall(ByteBuf buffer, int from, int end) {
        int at = readValues(buffer, from, end, null);
        Wire.need(at, 2, end);
        if (at + 2 != end) {
            throw new ProtocolException("a FunctionCall message with something behind its end");
        }
        resultFormats = Work.ALL_TEXT;
    }

    private int readValues(ByteBuf buffer, int from, int end, @Nullable Statement statement) {
        int formatCount = Wire.count(buffer, from, end);
        int formats = from + 2;
        Wire.need(formats, 2L * formatCount, end);
        int at = formats + 2 * formatCount;
        int count = Wire.count(buffer, at, end);
        at += 2;
        if (formatCount > 1 && formatCount != count) {
            throw new ProtocolException("a message whose formats and values do not match");
        }
        if (count == 0) {
            values = List.of();
        } else {
            // What is declared is believed only as far as there are bytes for it.
            Wire.need(at, 4L * count, end);
            List<Parameter> read = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                int length = Wire.number(buffer, at, end);
                at += 4;
                boolean binary = formatCount > 0 && buffer.getShort(formats + 2 * (formatCount == 1 ? 0 : i)) == 1;
                read.add(parameter(buffer, at, length, end, binary, statement == null ? 0 : statement.type(i)));
                at += Math.max(length, 0);
            }
            values = read;
        }
        return at;
    }

    private static Parameter parameter(ByteBuf buffer, int at, int length, int end, boolean binary, int type) {
        if (length < -1) {
            throw new ProtocolException("a value of negative length");
        }
        if (length == -1) {
            return Parameter.of(null, binary, type);
        }
        Wire.need(at, length, end);
        if (length <= LONG_VALUE) {
            return Parameter.of(Wire.bytes(buffer, at, at + length), binary, type);
        }
        return new Parameter(Wire.bytes(buffer, at, at + PREFIX), length, hash(buffer, at, length), binary, type);
    }

    private static byte @Nullable [] hash(ByteBuf buffer, int at, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (ByteBuffer part : buffer.nioBuffers(at, length)) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void readResultFormats(ByteBuf buffer, int at, int end) {
        int count = Wire.count(buffer, at, end);
        Wire.need(at + 2, 2L * count, end);
        if (at + 2 + 2 * count != end) {
            throw new ProtocolException("a Bind message with something behind its end");
        }
        boolean binary = false;
        for (int i = 0; i < count && !binary; i++) {
            binary = buffer.getShort(at + 2 + 2 * i) != 0;
        }
        if (!binary) {
            resultFormats = Work.ALL_TEXT;
            return;
        }
        short[] formats = new short[count];
        for (int i = 0; i < count; i++) {
            formats[i] = buffer.getShort(at + 2 + 2 * i);
        }
        resultFormats = formats;
    }

    List<Parameter> values() {
        return values;
    }

    short[] resultFormats() {
        return resultFormats;
    }
}
