package io.sallyport.approval.revocation;

import io.sallyport.store.SqlText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** The statements for revocations; every change moves the generation on. */
final class RevocationTable {

    private RevocationTable() {}

    static void insert(Handle handle, Revocation revocation) {
        moveOn(handle);
        handle.createUpdate(
                        "INSERT INTO revocations (kind, issuer, value, revoked_by, reason, revoked_at) VALUES (:kind,"
                                + " :issuer, :value, :by, :reason, :time) ON CONFLICT (kind, issuer, value) DO NOTHING")
                .bind("kind", revocation.kind().word())
                .bind("issuer", revocation.issuer())
                .bind("value", revocation.value())
                .bind("by", SqlText.clean(revocation.by()))
                .bind("reason", SqlText.clean(revocation.reason()))
                .bind("time", revocation.time().toEpochMilli())
                .execute();
    }

    static int delete(Handle handle, Revocation.Key key) {
        moveOn(handle);
        return handle.createUpdate("DELETE FROM revocations WHERE kind = :kind AND issuer = :issuer AND value = :value")
                .bind("kind", key.kind().word())
                .bind("issuer", key.issuer())
                .bind("value", key.value())
                .execute();
    }

    /** Forgets sessions that were revoked so long ago that they cannot live any more. */
    static void prune(Handle handle, Instant before) {
        handle.createUpdate("DELETE FROM revocations WHERE kind = 'session' AND revoked_at < :before")
                .bind("before", before.toEpochMilli())
                .execute();
    }

    static long generation(Handle handle) {
        return handle.createQuery("SELECT value FROM generations WHERE name = 'revocations'")
                .mapTo(Long.class)
                .one();
    }

    static List<Revocation> list(Handle handle) {
        return handle.createQuery("SELECT * FROM revocations")
                .map((row, context) -> new Revocation(
                        Revocation.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("issuer"),
                        row.getString("value"),
                        row.getString("revoked_by"),
                        row.getString("reason"),
                        Instant.ofEpochMilli(row.getLong("revoked_at"))))
                .list();
    }

    private static void moveOn(Handle handle) {
        handle.execute("UPDATE generations SET value = value + 1 WHERE name = 'revocations'");
    }
}
