package io.sallyport.ssh.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Cuts a stream into packets: a length of four bytes, then as many bytes. A length is believed only within the limit. */
final class Frames {

    /** The longest packet that OpenSSH's server takes. */
    static final int LONGEST = 256 * 1024;

    private static final int PREFIX = Integer.BYTES;

    private byte[] kept = new byte[1024];
    private int size;

    /** Takes one packet with its length. */
    @FunctionalInterface
    interface Taker {
        void take(byte[] frame) throws IOException;
    }

    void feed(byte[] bytes, int offset, int length, Taker taker) throws IOException {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            int wanted = wanted() - size;
            int part = Math.min(wanted, end - from);
            keep(bytes, from, part);
            from += part;
            if (size > PREFIX && size == wanted()) {
                byte[] frame = new byte[size];
                System.arraycopy(kept, 0, frame, 0, size);
                size = 0;
                taker.take(frame);
            }
        }
    }

    /** Up to where the packet that has begun reaches, as far as is known. */
    private int wanted() throws IOException {
        if (size < PREFIX) {
            return PREFIX;
        }
        int length = ByteBuffer.wrap(kept).getInt();
        if (length < 1 || length > LONGEST) {
            throw new IOException("an SFTP packet of " + Integer.toUnsignedString(length) + " bytes");
        }
        return PREFIX + length;
    }

    private void keep(byte[] bytes, int offset, int length) {
        if (kept.length < size + length) {
            byte[] larger = new byte[Math.max(size + length, 2 * kept.length)];
            System.arraycopy(kept, 0, larger, 0, size);
            kept = larger;
        }
        System.arraycopy(bytes, offset, kept, size, length);
        size += length;
    }
}
