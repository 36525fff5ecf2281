package io.sallyport.postgres.startup;

import java.security.SecureRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's own cancel keys. A client never learns the target's: a key is 63 random bits that name one session here.
 * Safe for use by several threads.
 */
public final class CancelKeys {

    private final SecureRandom random = new SecureRandom();
    private final ConcurrentMap<Long, Runnable> sessions = new ConcurrentHashMap<>();

    /**
     * Makes a key.
     *
     * @param cancel what a cancel request does; may be called on any thread
     */
    public Key register(Runnable cancel) {
        while (true) {
            // A process number of zero or below looks wrong to some drivers.
            Key key = new Key(1 + random.nextInt(Integer.MAX_VALUE), random.nextInt());
            if (sessions.putIfAbsent(key.packed(), cancel) == null) {
                return key;
            }
        }
    }

    /** Forgets a key. */
    public void remove(Key key) {
        sessions.remove(key.packed());
    }

    /** What a cancel request with this key does, null for a key that is not known. */
    public @Nullable Runnable find(int process, int secret) {
        return sessions.get(new Key(process, secret).packed());
    }

    /**
     * A key as BackendKeyData shows it.
     *
     * @param process where PostgreSQL puts the process number
     * @param secret where PostgreSQL puts the secret key
     */
    public record Key(int process, int secret) {

        private long packed() {
            return ((long) process << 32) | (secret & 0xffffffffL);
        }
    }
}
