package io.sallyport.vault.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Strings and numbers as SSH writes them, RFC 4251 section 5. */
final class Wire {

    private Wire() {}

    static void string(ByteArrayOutputStream out, byte[] bytes) {
        number(out, bytes.length);
        out.writeBytes(bytes);
    }

    static void string(ByteArrayOutputStream out, String text) {
        string(out, text.getBytes(StandardCharsets.US_ASCII));
    }

    static void number(ByteArrayOutputStream out, int number) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    /**
     * Reads a string.
     *
     * @throws IllegalArgumentException if it is longer than what is left
     */
    static byte[] string(ByteBuffer in) {
        int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("cut off");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    static String text(ByteBuffer in) {
        return new String(string(in), StandardCharsets.UTF_8);
    }
}
