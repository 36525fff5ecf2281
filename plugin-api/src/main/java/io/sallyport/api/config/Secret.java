package io.sallyport.api.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A value that must not be seen: held as bytes, wiped when closed, and never printed.
 *
 * <ol>
 *   <li>{@link #toString()} tells nothing of the value.
 *   <li>Two secrets are compared in a time that does not depend on where they differ.
 *   <li>After {@link #close()} every read throws {@link IllegalStateException}.
 * </ol>
 */
public final class Secret implements AutoCloseable {

    private final byte[] value;
    private volatile boolean closed;

    private Secret(byte[] value) {
        this.value = value;
    }

    /** Takes a copy of the bytes. */
    public static Secret of(byte[] value) {
        return new Secret(value.clone());
    }

    /** Takes the UTF-8 bytes of the text. */
    public static Secret of(CharSequence value) {
        ByteBuffer encoded = ByteBuffer.allocate(value.length() * 4);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(value), encoded, true);
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return new Secret(bytes);
    }

    /** A copy of the bytes, which the caller wipes. */
    public byte[] copy() {
        byte[] copy = value.clone();
        if (closed) {
            Arrays.fill(copy, (byte) 0);
            throw new IllegalStateException("the secret is closed");
        }
        return copy;
    }

    /** The value as text, for libraries that take nothing else. It stays in memory until it is collected. */
    public String reveal() {
        return new String(copy(), StandardCharsets.UTF_8);
    }

    /** Overwrites the bytes. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(value, (byte) 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(value, that.value);
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[***]";
    }
}
