package io.sallyport.postgres.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages that the gateway itself sends to a client. */
public final class BackendMessages {

    private BackendMessages() {}

    /** AuthenticationOk. */
    public static ByteBuf authenticationOk() {
        return Unpooled.buffer(9).writeByte(Backend.AUTHENTICATION).writeInt(8).writeInt(0);
    }

    /** AuthenticationCleartextPassword. */
    public static ByteBuf authenticationCleartext() {
        return Unpooled.buffer(9).writeByte(Backend.AUTHENTICATION).writeInt(8).writeInt(3);
    }

    /** NegotiateProtocolVersion to 3 and a minor number. */
    public static ByteBuf negotiate(int minor, List<String> unknownOptions) {
        ByteBuf out = begin(Unpooled.buffer(), Backend.NEGOTIATE);
        out.writeInt(FrontendMessages.VERSION_3_0 | minor).writeInt(unknownOptions.size());
        unknownOptions.forEach(option -> string(out, option, StandardCharsets.UTF_8));
        return finish(out);
    }

    /** ParameterStatus. */
    public static ByteBuf parameterStatus(String name, String value) {
        ByteBuf out = begin(Unpooled.buffer(), Backend.PARAMETER_STATUS);
        string(out, name, StandardCharsets.UTF_8);
        string(out, value, StandardCharsets.UTF_8);
        return finish(out);
    }

    /** BackendKeyData. */
    public static ByteBuf backendKeyData(int process, byte[] key) {
        return Unpooled.buffer(9 + key.length)
                .writeByte(Backend.BACKEND_KEY_DATA)
                .writeInt(8 + key.length)
                .writeInt(process)
                .writeBytes(key);
    }

    /** ReadyForQuery. */
    public static ByteBuf ready(ByteBufAllocator allocator, int status) {
        return allocator.buffer(6).writeByte(Backend.READY).writeInt(5).writeByte(status);
    }

    /** ErrorResponse. */
    public static ByteBuf error(String severity, String code, String message, Charset charset) {
        return report(Backend.ERROR, severity, code, message, charset);
    }

    /** NoticeResponse of severity NOTICE. */
    public static ByteBuf notice(String message, Charset charset) {
        return report(Backend.NOTICE, "NOTICE", "00000", message, charset);
    }

    private static ByteBuf report(int type, String severity, String code, String message, Charset charset) {
        ByteBuf out = begin(Unpooled.buffer(), type);
        string(out.writeByte('S'), severity, StandardCharsets.UTF_8);
        string(out.writeByte('V'), severity, StandardCharsets.UTF_8);
        string(out.writeByte('C'), code, StandardCharsets.UTF_8);
        string(out.writeByte('M'), message.replace('\0', ' '), charset);
        return finish(out.writeByte(0));
    }

    private static ByteBuf begin(ByteBuf out, int type) {
        return out.writeByte(type).writeInt(0);
    }

    private static ByteBuf finish(ByteBuf out) {
        return out.setInt(1, out.writerIndex() - 1);
    }

    private static void string(ByteBuf out, String text, Charset charset) {
        out.writeCharSequence(text, charset);
        out.writeByte(0);
    }
}
