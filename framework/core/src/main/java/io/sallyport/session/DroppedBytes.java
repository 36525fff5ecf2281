package io.sallyport.session;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.UnaryOperator;

/** What the record's limit left out: how much, and a keyed digest of it. */
final class DroppedBytes {

    private final MessageDigest sha256;
    private final UnaryOperator<byte[]> keyed;
    private long count;

    DroppedBytes(UnaryOperator<byte[]> keyed) {
        this.keyed = keyed;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void add(byte[] bytes, int offset, int length) {
        sha256.update(bytes, offset, length);
        count += length;
    }

    long count() {
        return count;
    }

    byte[] digest() {
        return keyed.apply(sha256.digest());
    }
}
