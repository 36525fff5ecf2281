package io.sallyport.postgres.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Messages that the gateway itself sends to a target. */
public final class FrontendMessages {

    /** The code of SSLRequest. */
    public static final int SSL_REQUEST = 80877103;
    /** The code of GSSENCRequest. */
    public static final int GSS_REQUEST = 80877104;
    /** The code of CancelRequest. */
    public static final int CANCEL_REQUEST = 80877102;
    /** Protocol 3.0. */
    public static final int VERSION_3_0 = 3 << 16;
    /** The minor number of the newest protocol that clients may speak: its cancel keys may be longer. */
    public static final int NEWEST_MINOR = 2;

    private FrontendMessages() {}

    /** SSLRequest. */
    public static ByteBuf sslRequest() {
        return Unpooled.buffer(8).writeInt(8).writeInt(SSL_REQUEST);
    }

    /** CancelRequest. */
    public static ByteBuf cancelRequest(int process, byte[] key) {
        return Unpooled.buffer(12 + key.length)
                .writeInt(12 + key.length)
                .writeInt(CANCEL_REQUEST)
                .writeInt(process)
                .writeBytes(key);
    }

    /** StartupMessage. */
    public static ByteBuf startup(ByteBufAllocator allocator, Map<String, String> parameters) {
        ByteBuf out = allocator.buffer().writeInt(0).writeInt(VERSION_3_0);
        parameters.forEach((name, value) -> {
            string(out, name);
            string(out, value);
        });
        out.writeByte(0);
        return out.setInt(0, out.writerIndex());
    }

    /** PasswordMessage with a zero byte at its end. */
    public static ByteBuf password(byte[] password) {
        return Unpooled.buffer(password.length + 6)
                .writeByte(Frontend.PASSWORD)
                .writeInt(password.length + 5)
                .writeBytes(password)
                .writeByte(0);
    }

    /** SASLInitialResponse. */
    public static ByteBuf saslInitial(String mechanism, byte[] data) {
        ByteBuf out = begin(Unpooled.buffer(), Frontend.PASSWORD);
        string(out, mechanism);
        return finish(out.writeInt(data.length).writeBytes(data), 0);
    }

    /** SASLResponse. */
    public static ByteBuf sasl(byte[] data) {
        return finish(begin(Unpooled.buffer(), Frontend.PASSWORD).writeBytes(data), 0);
    }

    /** Query. */
    public static void query(ByteBuf out, byte[] text) {
        int start = out.writerIndex();
        finish(begin(out, Frontend.QUERY).writeBytes(text).writeByte(0), start);
    }

    /** Parse without declared types. */
    public static void parse(ByteBuf out, String statement, byte[] text) {
        int start = out.writerIndex();
        begin(out, Frontend.PARSE);
        name(out, statement);
        finish(out.writeBytes(text).writeByte(0).writeShort(0), start);
    }

    /** Bind without parameters, results in text. */
    public static void bind(ByteBuf out, String portal, String statement) {
        int start = out.writerIndex();
        begin(out, Frontend.BIND);
        name(out, portal);
        name(out, statement);
        finish(out.writeShort(0).writeShort(0).writeShort(0), start);
    }

    /** Execute without a row limit. */
    public static void execute(ByteBuf out, String portal) {
        int start = out.writerIndex();
        begin(out, Frontend.EXECUTE);
        name(out, portal);
        finish(out.writeInt(0), start);
    }

    /** Describe or Close of a statement ({@code 'S'}) or portal ({@code 'P'}). */
    public static void named(ByteBuf out, int type, char what, String name) {
        int start = out.writerIndex();
        begin(out, type).writeByte(what);
        name(out, name);
        finish(out, start);
    }

    /** A message without body. */
    public static ByteBuf bare(ByteBuf out, int type) {
        return out.writeByte(type).writeInt(4);
    }

    private static ByteBuf begin(ByteBuf out, int type) {
        return out.writeByte(type).writeInt(0);
    }

    private static ByteBuf finish(ByteBuf out, int start) {
        return out.setInt(start + 1, out.writerIndex() - start - 1);
    }

    private static void string(ByteBuf out, String text) {
        out.writeCharSequence(text, StandardCharsets.UTF_8);
        out.writeByte(0);
    }

    /** Names are kept as one character for each byte, see {@link Wire#name}. */
    private static void name(ByteBuf out, String name) {
        out.writeCharSequence(name, StandardCharsets.ISO_8859_1);
        out.writeByte(0);
    }
}
