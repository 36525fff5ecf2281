package io.sallyport.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of all nodes, for people to find: a projection of the journals, which are the truth.
 *
 * <ol>
 *   <li>Changes may come more than once and are applied once: a follower repeats what it is not sure of.
 *   <li>The index lags behind the journals, by as much as its follower does.
 * </ol>
 */
public final class SessionIndex {

    private final Store store;

    /** Keeps the index in a store. */
    public SessionIndex(Store store) {
        this.store = store;
    }

    /** A session was opened. */
    public CompletionStage<Integer> opened(SessionEntry entry) {
        return apply(List.of(new Change.Opened(entry)));
    }

    /** A session has ended. */
    public CompletionStage<Integer> closed(String id, SessionEntry.End end, SessionEntry.Counters counters) {
        return apply(List.of(new Change.Closed(id, end, counters)));
    }

    /** Applies changes in order, in one transaction; the result is their number. */
    public CompletionStage<Integer> apply(List<Change> changes) {
        return store.write(handle -> {
            changes.forEach(change -> apply(handle, change));
            return changes.size();
        });
    }

    /** Sessions, newest first. */
    public CompletionStage<List<SessionEntry>> list(SessionFilter filter) {
        return store.read(
                handle -> handle.createQuery("SELECT * FROM sessions WHERE (:anyone = 1 OR (issuer = :issuer AND"
                                + " subject = :subject)) AND (:anywhere = 1 OR target = :target) AND (:open = 0 OR ended_at IS"
                                + " NULL) AND started_at < :before ORDER BY started_at DESC, id LIMIT :limit")
                        .bind("anyone", filter.subject() == null ? 1 : 0)
                        .bind("issuer", orEmpty(filter.issuer()))
                        .bind("subject", orEmpty(filter.subject()))
                        .bind("anywhere", filter.target() == null ? 1 : 0)
                        .bind("target", orEmpty(filter.target()))
                        .bind("open", filter.openOnly() ? 1 : 0)
                        .bind(
                                "before",
                                filter.before() == null
                                        ? Long.MAX_VALUE
                                        : filter.before().toEpochMilli())
                        .bind("limit", filter.limit())
                        .map(SessionIndex::entry)
                        .list());
    }

    /** One session. */
    public CompletionStage<Optional<SessionEntry>> show(String id) {
        return store.read(handle -> handle.createQuery("SELECT * FROM sessions WHERE id = :id")
                .bind("id", SqlText.clean(id))
                .map(SessionIndex::entry)
                .findOne());
    }

    private static void apply(Handle handle, Change change) {
        if (change instanceof Change.Opened opened) {
            insert(handle, opened.entry());
        } else if (change instanceof Change.Counted counted) {
            update(handle, counted.id(), null, counted.counters());
        } else if (change instanceof Change.Closed closed) {
            update(handle, closed.id(), closed.end(), closed.counters());
        }
    }

    private static void insert(Handle handle, SessionEntry entry) {
        SessionEntry.End end = entry.end();
        handle.createUpdate("INSERT INTO sessions (id, node, issuer, subject, display, grant_name, target, account,"
                        + " database_name, client, started_at, ended_at, end_cause, actions, denied, held) VALUES (:id,"
                        + " :node, :issuer, :subject, :display, :grant, :target, :account, :database, :client, :started,"
                        + " :ended, :cause, :actions, :denied, :held) ON CONFLICT (id) DO NOTHING")
                .bind("id", entry.id())
                .bind("node", entry.node())
                .bind("issuer", entry.issuer())
                .bind("subject", entry.subject())
                .bind("display", SqlText.clean(entry.display()))
                .bind("grant", entry.grant())
                .bind("target", entry.target())
                .bind("account", entry.account())
                .bind("database", orEmpty(entry.database()))
                .bind("client", SqlText.clean(entry.client()))
                .bind("started", entry.started().toEpochMilli())
                .bind("ended", end == null ? null : end.time().toEpochMilli())
                .bind("cause", end == null ? null : end.cause())
                .bind("actions", entry.counters().actions())
                .bind("denied", entry.counters().denied())
                .bind("held", entry.counters().held())
                .execute();
    }

    private static void update(
            Handle handle, String id, SessionEntry.@Nullable End end, SessionEntry.Counters counters) {
        handle.createUpdate("UPDATE sessions SET ended_at = COALESCE(ended_at, :ended), end_cause = COALESCE(end_cause,"
                        + " :cause), actions = CASE WHEN actions < :actions THEN :actions ELSE actions END, denied ="
                        + " CASE WHEN denied < :denied THEN :denied ELSE denied END, held = CASE WHEN held < :held THEN"
                        + " :held ELSE held END WHERE id = :id")
                .bind("id", id)
                .bind("ended", end == null ? null : (Long) end.time().toEpochMilli())
                .bind("cause", end == null ? null : end.cause())
                .bind("actions", counters.actions())
                .bind("denied", counters.denied())
                .bind("held", counters.held())
                .execute();
    }

    private static SessionEntry entry(ResultSet row, StatementContext context) throws SQLException {
        String database = row.getString("database_name");
        long ended = row.getLong("ended_at");
        SessionEntry.End end =
                row.wasNull() ? null : new SessionEntry.End(Instant.ofEpochMilli(ended), row.getString("end_cause"));
        return new SessionEntry(
                row.getString("id"),
                row.getString("node"),
                row.getString("issuer"),
                row.getString("subject"),
                row.getString("display"),
                row.getString("grant_name"),
                row.getString("target"),
                row.getString("account"),
                database.isEmpty() ? null : database,
                row.getString("client"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                end,
                new SessionEntry.Counters(row.getLong("actions"), row.getLong("denied"), row.getLong("held")));
    }

    private static String orEmpty(@Nullable String optional) {
        return optional == null ? "" : optional;
    }

    /** One change of the index. */
    public sealed interface Change {

        /** A session was opened. */
        record Opened(SessionEntry entry) implements Change {}

        /** The totals of a session so far. */
        record Counted(String id, SessionEntry.Counters counters) implements Change {}

        /** A session has ended, with its final totals. */
        record Closed(String id, SessionEntry.End end, SessionEntry.Counters counters) implements Change {}
    }

    /**
     * Which sessions to list.
     *
     * @param issuer of this issuer's principal; null together with {@code subject}
     * @param subject of this principal; of all if null
     * @param target on this target; on all if null
     * @param openOnly only those that have not ended
     * @param before only those that started earlier; null for the newest
     * @param limit at most so many, 1 to 1,000
     */
    public record SessionFilter(
            @Nullable String issuer,
            @Nullable String subject,
            @Nullable String target,
            boolean openOnly,
            @Nullable Instant before,
            int limit) {

        /** Checks the limit and the pair. */
        public SessionFilter {
            if (limit < 1 || limit > 1_000) {
                throw new IllegalArgumentException("a limit is 1 to 1000");
            }
            if ((issuer == null) != (subject == null)) {
                throw new IllegalArgumentException("a principal is an issuer and a subject");
            }
        }

        /** All sessions. */
        public static SessionFilter all(int limit) {
            return new SessionFilter(null, null, null, false, null, limit);
        }
    }
}
