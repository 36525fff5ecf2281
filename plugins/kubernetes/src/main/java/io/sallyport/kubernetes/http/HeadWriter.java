package io.sallyport.kubernetes.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** Writes heads. Values are checked again: nothing that ends a line leaves within one. */
public final class HeadWriter {

    private HeadWriter() {}

    /** Begins a request. */
    public static void request(ByteBuf out, String method, String target) {
        out.writeCharSequence(method, StandardCharsets.US_ASCII);
        out.writeByte(' ');
        out.writeCharSequence(target, StandardCharsets.US_ASCII);
        out.writeCharSequence(" HTTP/1.1\r\n", StandardCharsets.US_ASCII);
    }

    /** Begins an answer. */
    public static void answer(ByteBuf out, int status) {
        out.writeCharSequence("HTTP/1.1 ", StandardCharsets.US_ASCII);
        out.writeCharSequence(Integer.toString(status), StandardCharsets.US_ASCII);
        out.writeByte(' ');
        out.writeCharSequence(HttpResponseStatus.valueOf(status).reasonPhrase(), StandardCharsets.US_ASCII);
        out.writeCharSequence("\r\n", StandardCharsets.US_ASCII);
    }

    /** Writes a field. */
    public static void field(ByteBuf out, String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                throw new IllegalArgumentException("a character in a header that no header has");
            }
        }
        out.writeCharSequence(name, StandardCharsets.ISO_8859_1);
        out.writeByte(':').writeByte(' ');
        out.writeCharSequence(value, StandardCharsets.ISO_8859_1);
        out.writeByte('\r').writeByte('\n');
    }

    /** Writes all fields. */
    public static void fields(ByteBuf out, Headers headers) {
        for (int i = 0; i < headers.size(); i++) {
            field(out, headers.name(i), headers.value(i));
        }
    }

    /** Ends the head. */
    public static void end(ByteBuf out) {
        out.writeByte('\r').writeByte('\n');
    }
}
