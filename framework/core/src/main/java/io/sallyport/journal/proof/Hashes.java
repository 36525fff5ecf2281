package io.sallyport.journal.proof;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 as RFC 6962 section 2.1 uses it: a leaf's hash begins with 0x00 and a node's with 0x01, so that neither passes for the other.
 *
 * <p>Not safe for use by several threads.
 */
public final class Hashes {

    /** The length of a hash, in bytes. */
    public static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest = sha256();
    private byte[] scratch = new byte[4096];

    /** The hash of a leaf that is {@code length} bytes of the buffer. */
    public byte[] leaf(ByteBuffer buffer, int offset, int length) {
        if (scratch.length <= length) {
            scratch = new byte[Integer.highestOneBit(length) * 2];
        }
        scratch[0] = LEAF;
        buffer.get(offset, scratch, 1, length);
        digest.update(scratch, 0, length + 1);
        return digest.digest();
    }

    /** The hash of a node with these children. */
    public byte[] node(byte[] left, byte[] right) {
        scratch[0] = NODE;
        System.arraycopy(left, 0, scratch, 1, LENGTH);
        System.arraycopy(right, 0, scratch, 1 + LENGTH, LENGTH);
        digest.update(scratch, 0, 1 + 2 * LENGTH);
        return digest.digest();
    }

    static byte[] plain(byte[] bytes) {
        return sha256().digest(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
