package io.sallyport.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One session in the index.
 *
 * @param id its identifier
 * @param node the gateway that it is on
 * @param issuer the principal's issuer
 * @param subject the principal's subject
 * @param display the principal's name for people
 * @param grant the grant that admitted it
 * @param target the target
 * @param account the account on the target
 * @param database the database on the target, where there is one
 * @param client where the client connects from
 * @param started when it was opened
 * @param end how it ended, null while it is open
 * @param counters what happened in it
 */
public record SessionEntry(
        String id,
        String node,
        String issuer,
        String subject,
        String display,
        String grant,
        String target,
        String account,
        @Nullable String database,
        String client,
        Instant started,
        @Nullable End end,
        Counters counters) {

    /**
     * The end of a session.
     *
     * @param time when
     * @param cause in one word
     */
    public record End(Instant time, String cause) {}

    /**
     * What happened in a session.
     *
     * @param actions how many actions were asked for
     * @param denied how many of them were denied
     * @param held how many of them waited for people
     */
    public record Counters(long actions, long denied, long held) {
        /** Nothing yet. */
        public static final Counters NONE = new Counters(0, 0, 0);
    }
}
