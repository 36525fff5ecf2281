package io.sallyport.ssh.relay;

import java.io.IOException;
import org.apache.sshd.common.util.buffer.Buffer;

/** Small readings of messages. */
final class Messages {

    private static final int LONGEST_NAME = 100;

    private Messages() {}

    /** The length of a data message's string, of which the bytes are all that is left. */
    static int dataLength(Buffer buffer) throws IOException {
        int length = buffer.getInt();
        if (length < 0 || length != buffer.available() || length > Leg.PACKET) {
            throw new IOException("a data message of a wrong length");
        }
        return length;
    }

    /** A name that a peer chose, for the record. */
    static String printable(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST_NAME); i++) {
            char c = text.charAt(i);
            out.append(c < ' ' || c > '~' ? '?' : c);
        }
        return out.toString();
    }
}
