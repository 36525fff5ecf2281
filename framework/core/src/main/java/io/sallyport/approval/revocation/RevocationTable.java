package io.sallyport.approval.revocation;

import io.sallyport.store.SqlText;
import io.sallyport.store.StoreCopy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** The statements for revocations; every change moves the generation on. */
final class RevocationTable {

    static final String GENERATION = "revocations";

    private RevocationTable() {}

    static void insert(Handle handle, Revocation revocation) {
        StoreCopy.moveOn(handle, GENERATION);
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
        StoreCopy.moveOn(handle, GENERATION);
        return handle.createUpdate("DELETE FROM revocations WHERE kind = :kind AND issuer = :issuer AND value = :value")
                .bind("kind", key.kind().word())
                .bind("issuer", key.issuer())
                .bind("value", key.value())
                .execute();
    }

    /** Forgets sessions and approved access that were revoked so long ago that they are over in any case. */
    static void prune(Handle handle, Instant before) {
        handle.createUpdate("DELETE FROM revocations WHERE kind IN ('session', 'access') AND revoked_at < :before")
                .bind("before", before.toEpochMilli())
                .execute();
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
}
