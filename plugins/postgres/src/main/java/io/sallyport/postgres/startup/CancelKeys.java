package io.sallyport.postgres.startup;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's own cancel keys. A client never learns the target's: a key is 31 random bits that name one session here and
 * 32 random bits that prove it, 256 with protocol 3.2. Safe for use by several threads.
 */
public final class CancelKeys {

    /** The bytes of a secret in protocol 3.0. */
    static final int SHORT = 4;

    /** The bytes of a secret in protocol 3.2. */
    static final int LONG = 32;

    private final SecureRandom random = new SecureRandom();
    private final ConcurrentMap<Integer, Entry> sessions = new ConcurrentHashMap<>();

    /**
     * Makes a key.
     *
     * @param length how many bytes its secret has
     * @param cancel what a cancel request does; may be called on any thread
     */
    public Key register(int length, Runnable cancel) {
        byte[] secret = new byte[length];
        random.nextBytes(secret);
        while (true) {
            // A process number of zero or below looks wrong to some drivers.
            Key key = new Key(1 + random.nextInt(Integer.MAX_VALUE), secret);
            if (sessions.putIfAbsent(key.process, new Entry(secret, cancel)) == null) {
                return key;
            }
        }
    }

    /** Forgets a key. */
    public void remove(Key key) {
        sessions.remove(key.process);
    }

    /** What a cancel request with this key does, null for a key that is not known. */
    public @Nullable Runnable find(int process, byte[] secret) {
        Entry entry = sessions.get(process);
        return entry != null && MessageDigest.isEqual(entry.secret, secret) ? entry.cancel : null;
    }

    private record Entry(byte[] secret, Runnable cancel) {}

    /**
     * A key as BackendKeyData shows it.
     *
     * @param process where PostgreSQL puts the process number
     * @param secret where PostgreSQL puts the secret key
     */
    public record Key(int process, byte[] secret) {}
}
