package io.sallyport.ssh.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Cuts a stream into packets: a length of four bytes, then as many bytes. A length is believed only within the limit. */
final class Frames {

    /** The longest packet that OpenSSH's server takes. */
    static final int LONGEST = 256 * 1024;

    private static final int PREFIX = Integer.BYTES;
    private static final int SMALLEST = 1024;
    private static final int GOOD_PART = 8;

    private byte[] kept = new byte[SMALLEST];
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
                byte[] frame = kept.length == size ? kept : Arrays.copyOf(kept, size);
                if (frame == kept) {
                    kept = new byte[SMALLEST];
                }
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

    /** A packet of which a good part is there gets its place at once, so that it need not be copied when it is whole. */
    private void keep(byte[] bytes, int offset, int length) throws IOException {
        int needed = size + length;
        if (kept.length < needed) {
            int whole = wanted();
            boolean trusted = needed >= whole / GOOD_PART;
            kept = Arrays.copyOf(kept, trusted ? Math.max(needed, whole) : Math.max(needed, 2 * kept.length));
        }
        System.arraycopy(bytes, offset, kept, size, length);
        size += length;
    }
}
