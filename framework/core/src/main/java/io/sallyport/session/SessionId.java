package io.sallyport.session;

import io.sallyport.journal.record.SessionText;
import java.time.Instant;

/**
 * The identifier of a session: 48 bits of milliseconds since 1970 and 80 random bits, so that identifiers sort by time and
 * cannot be guessed.
 *
 * @param high the upper half
 * @param low the lower half
 */
public record SessionId(long high, long low) {

    /** When it was made. */
    public Instant opened() {
        return Instant.ofEpochMilli(high >>> 16);
    }

    /** Reads the text. */
    public static SessionId parse(String text) {
        long[] halves = SessionText.parse(text);
        return new SessionId(halves[0], halves[1]);
    }

    /** The text of 26 characters that people see. */
    @Override
    public String toString() {
        return SessionText.of(high, low);
    }
}
