package io.sallyport.approval.access;

import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.principal.Principal;
import io.sallyport.approval.Vote;
import io.sallyport.approval.VoteTable;
import io.sallyport.store.SqlText;
import io.sallyport.store.StoreCopy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The statements of this room. Every change of state is a compare-and-set whose WHERE names the states it may leave. */
final class AccessTable {

    static final String GENERATION = "access";

    /** What people said. */
    static final VoteTable VOTES = new VoteTable("access_decisions", "request_id");

    private AccessTable() {}

    /** Keeps a request; break-glass access is in force at once. */
    static void insert(Handle handle, String id, AccessRequest request, Instant now) {
        AccessTerms terms = request.terms();
        Approvers approvers = terms.approvers();
        boolean open = terms.breakGlass();
        handle.createUpdate(
                        "INSERT INTO access_requests (id, state, updated_at, issuer, subject, grant_name, break_glass,"
                                + " duration, approver_issuer, approver_groups, required, requested_at, expires_at, decided_at,"
                                + " ends_at, document) VALUES (:id, :state, :now, :issuer, :subject, :grant, :breakGlass,"
                                + " :duration, :approverIssuer, :approverGroups, :required, :now, :expires, :decided, :ends,"
                                + " :document)")
                .bind("id", id)
                .bind("state", (open ? AccessState.APPROVED : AccessState.PENDING).word())
                .bind("now", now.toEpochMilli())
                .bind("issuer", request.principal().issuer())
                .bind("subject", request.principal().subject())
                .bind("grant", request.grant())
                .bind("breakGlass", open ? 1 : 0)
                .bind("duration", request.duration().toMillis())
                .bind("approverIssuer", approvers == null ? "" : approvers.issuer())
                .bind("approverGroups", AccessDocument.groups(approvers == null ? Set.of() : approvers.groups()))
                .bind("required", approvers == null ? 0 : approvers.required())
                .bind("expires", now.plus(terms.timeout()).toEpochMilli())
                .bind("decided", open ? Long.valueOf(now.toEpochMilli()) : null)
                .bind("ends", open ? Long.valueOf(now.plus(request.duration()).toEpochMilli()) : null)
                .bind("document", AccessDocument.of(request).write())
                .execute();
        StoreCopy.moveOn(handle, GENERATION);
    }

    /** How many requests of a principal wait for people. */
    static int pending(Handle handle, Principal principal, Instant now) {
        return handle.createQuery(
                        "SELECT count(*) FROM access_requests WHERE issuer = :issuer AND subject = :subject AND"
                                + " state = 'pending' AND expires_at > :now")
                .bind("issuer", principal.issuer())
                .bind("subject", principal.subject())
                .bind("now", now.toEpochMilli())
                .mapTo(Integer.class)
                .one();
    }

    /** Takes the row's lock if it can still be decided at this moment; other deciders then wait for this transaction. */
    static boolean lock(Handle handle, String id, Instant now) {
        return handle.createUpdate(
                                "UPDATE access_requests SET updated_at = :now WHERE id = :id AND state = 'pending' AND"
                                        + " expires_at > :now")
                        .bind("id", id)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /** Brings a request whose lock this transaction holds into force: its time begins now. */
    static void approve(Handle handle, String id, Instant now) {
        handle.createUpdate(
                        "UPDATE access_requests SET state = 'approved', decided_at = :now, ends_at = :now + duration"
                                + " WHERE id = :id AND state = 'pending'")
                .bind("id", id)
                .bind("now", now.toEpochMilli())
                .execute();
        StoreCopy.moveOn(handle, GENERATION);
    }

    /** Ends a request whose lock this transaction holds. */
    static void reject(Handle handle, String id, Instant now) {
        handle.createUpdate(
                        "UPDATE access_requests SET state = 'rejected', decided_at = :now, ended_at = :now WHERE id ="
                                + " :id AND state = 'pending'")
                .bind("id", id)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Ends what waits or is in force; false if it does neither. */
    static boolean revoke(Handle handle, String id, AccessView.End end) {
        int ended = handle.createUpdate(
                        "UPDATE access_requests SET state = 'revoked', updated_at = :time, ended_at = :time, ended_by ="
                                + " :by, end_reason = :reason WHERE id = :id AND ((state = 'pending' AND expires_at >"
                                + " :time) OR (state = 'approved' AND ends_at > :time))")
                .bind("id", id)
                .bind("time", end.time().toEpochMilli())
                .bind("by", SqlText.clean(end.by()))
                .bind("reason", SqlText.clean(end.reason()))
                .execute();
        StoreCopy.moveOn(handle, GENERATION);
        return ended == 1;
    }

    /** Names the states that time has brought about, and forgets what ended long ago; the journal keeps it. */
    static void sweep(Handle handle, Instant now, Instant kept) {
        handle.createUpdate(
                        "UPDATE access_requests SET state = 'expired', ended_at = :now, updated_at = :now WHERE state"
                                + " = 'pending' AND expires_at <= :now")
                .bind("now", now.toEpochMilli())
                .execute();
        handle.createUpdate(
                        "UPDATE access_requests SET state = 'ended', ended_at = ends_at, updated_at = :now WHERE state"
                                + " = 'approved' AND ends_at <= :now")
                .bind("now", now.toEpochMilli())
                .execute();
        handle.createUpdate("DELETE FROM access_decisions WHERE request_id IN (SELECT id FROM access_requests WHERE"
                        + " ended_at < :kept)")
                .bind("kept", kept.toEpochMilli())
                .execute();
        handle.createUpdate("DELETE FROM access_requests WHERE ended_at < :kept")
                .bind("kept", kept.toEpochMilli())
                .execute();
    }

    /** What is in force, by grant and principal. */
    static Map<Holder, List<Standing>> standing(Handle handle) {
        Map<Holder, List<Standing>> standing = new HashMap<>();
        handle.createQuery(
                        "SELECT id, issuer, subject, grant_name, ends_at, break_glass FROM access_requests WHERE state"
                                + " = 'approved' ORDER BY ends_at DESC")
                .map((row, context) -> standing.computeIfAbsent(
                                new Holder(
                                        row.getString("grant_name"), row.getString("issuer"), row.getString("subject")),
                                holder -> new ArrayList<>())
                        .add(new Standing(
                                row.getString("id"),
                                Instant.ofEpochMilli(row.getLong("ends_at")),
                                row.getInt("break_glass") == 1)))
                .list();
        standing.replaceAll((holder, all) -> List.copyOf(all));
        return Map.copyOf(standing);
    }

    /** Who has access under which grant. */
    record Holder(String grant, String issuer, String subject) {}

    static @Nullable AccessView find(Handle handle, String id) {
        List<AccessView> found = views(
                handle,
                handle.createQuery("SELECT * FROM access_requests WHERE id = :id")
                        .bind("id", SqlText.clean(id)));
        return found.isEmpty() ? null : found.get(0);
    }

    static List<AccessView> list(Handle handle, AccessFilter filter) {
        Set<AccessState> states = filter.states().isEmpty() ? Set.of(AccessState.values()) : filter.states();
        Principal requester = filter.requester();
        Query query = handle.createQuery(
                        "SELECT * FROM access_requests WHERE state IN (<states>) AND (:any = 1 OR (issuer"
                                + " = :issuer AND subject = :subject)) ORDER BY requested_at DESC, id LIMIT :limit")
                .bindList("states", states.stream().map(AccessState::word).toList())
                .bind("any", requester == null ? 1 : 0)
                .bind("issuer", requester == null ? "" : requester.issuer())
                .bind("subject", requester == null ? "" : requester.subject())
                .bind("limit", filter.limit());
        return views(handle, query);
    }

    private static List<AccessView> views(Handle handle, Query query) {
        List<AccessView> found = query.map(AccessTable::view).list();
        Map<String, List<Vote>> votes =
                VOTES.of(handle, found.stream().map(AccessView::id).toList());
        return found.stream()
                .map(view -> view.withVotes(votes.getOrDefault(view.id(), List.of())))
                .toList();
    }

    private static AccessView view(ResultSet row, StatementContext context) throws SQLException {
        AccessDocument document = AccessDocument.read(row.getString("document"));
        String endedBy = row.getString("ended_by");
        Instant ended = instant(row, "ended_at");
        String reason = row.getString("end_reason");
        return new AccessView(
                row.getString("id"),
                AccessState.of(row.getString("state")),
                new Principal(
                        row.getString("issuer"),
                        row.getString("subject"),
                        document.display(),
                        Set.of(),
                        document.claims(),
                        document.onBehalfOf()),
                row.getString("grant_name"),
                new AccessView.Asked(
                        Duration.ofMillis(row.getLong("duration")),
                        document.reason(),
                        document.ticket(),
                        document.opens()),
                terms(row),
                new AccessView.Times(
                        Instant.ofEpochMilli(row.getLong("requested_at")),
                        Instant.ofEpochMilli(row.getLong("expires_at")),
                        instant(row, "decided_at"),
                        instant(row, "ends_at")),
                endedBy == null || ended == null
                        ? null
                        : new AccessView.End(ended, endedBy, reason == null ? "" : reason),
                List.of());
    }

    private static AccessView.Terms terms(ResultSet row) throws SQLException {
        Set<String> groups = AccessDocument.groups(row.getString("approver_groups"));
        return new AccessView.Terms(
                row.getInt("break_glass") == 1,
                groups.isEmpty()
                        ? null
                        : new Approvers(row.getString("approver_issuer"), groups, row.getInt("required")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(value);
    }
}
