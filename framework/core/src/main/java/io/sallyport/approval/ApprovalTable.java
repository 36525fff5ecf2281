package io.sallyport.approval;

import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.principal.Principal;
import io.sallyport.store.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The statements of this room. Every change of state is a compare-and-set whose WHERE names the states it may leave. */
final class ApprovalTable {

    /** What people said. */
    static final VoteTable VOTES = new VoteTable("approval_decisions", "approval_id");

    private static final String LIGHT = "id, state, version, node, session_id, action_number, issuer, subject, target,"
            + " account, database_name, digest, rule, approver_issuer, approver_groups, required, carry, requested_at,"
            + " expires_at, decided_at, ended_at, end_reason, document";

    private ApprovalTable() {}

    static void insert(Handle handle, String id, String node, ApprovalRequest request, Instant now) {
        Binding binding = request.binding();
        var hold = request.hold();
        handle.createUpdate("INSERT INTO approvals (id, state, version, updated_at, node, session_id, action_number,"
                        + " issuer, subject, target, account, database_name, digest, rule, approver_issuer,"
                        + " approver_groups, required, carry, requested_at, expires_at, document, body) VALUES (:id,"
                        + " 'pending', 1, :now, :node, :session, :action, :issuer, :subject, :target, :account,"
                        + " :database, :digest, :rule, :approverIssuer, :approverGroups, :required, :carry, :now,"
                        + " :expires, :document, :body)")
                .bind("id", id)
                .bind("now", now.toEpochMilli())
                .bind("node", node)
                .bind("session", request.session())
                .bind("action", request.action())
                .bind("issuer", request.principal().issuer())
                .bind("subject", request.principal().subject())
                .bind("target", binding.target())
                .bind("account", binding.account())
                .bind("database", stored(binding.database()))
                .bind("digest", binding.digest())
                .bind("rule", hold.rule())
                .bind("approverIssuer", hold.approvers().issuer())
                .bind("approverGroups", ApprovalDocument.groups(hold.approvers().groups()))
                .bind("required", hold.approvers().required())
                .bind("carry", hold.carry().toMillis())
                .bind("expires", now.plus(hold.timeout()).toEpochMilli())
                .bind("document", ApprovalDocument.of(request).write())
                .bind("body", ApprovalDocument.body(request.presentation()))
                .execute();
    }

    /**
     * Approvals in this state for the same principal, binding and terms, oldest first. Terms that have changed since need
     * a new approval.
     */
    static List<ApprovalView> identical(Handle handle, ApprovalRequest request, ApprovalState state) {
        Binding binding = request.binding();
        Query query = handle.createQuery("SELECT " + LIGHT
                        + ", '' AS body FROM approvals WHERE digest = :digest AND state = :state AND issuer ="
                        + " :issuer AND subject = :subject AND target = :target AND account = :account AND"
                        + " database_name = :database AND rule = :rule AND approver_issuer = :approverIssuer AND"
                        + " approver_groups = :approverGroups AND required = :required ORDER BY requested_at, id")
                .bind("digest", binding.digest())
                .bind("state", state.word())
                .bind("issuer", request.principal().issuer())
                .bind("subject", request.principal().subject())
                .bind("target", binding.target())
                .bind("account", binding.account())
                .bind("database", stored(binding.database()))
                .bind("rule", request.hold().rule())
                .bind("approverIssuer", request.hold().approvers().issuer())
                .bind(
                        "approverGroups",
                        ApprovalDocument.groups(request.hold().approvers().groups()))
                .bind("required", request.hold().approvers().required());
        return views(handle, query);
    }

    /** A client waits again for an orphan that can still be decided. */
    static boolean adopt(Handle handle, String id, String node, ApprovalRequest request, Instant now) {
        return owned(
                                handle.createUpdate(
                                        "UPDATE approvals SET state = 'pending', node = :node, session_id = :session,"
                                                + " action_number = :action, end_reason = NULL, version = version + 1, updated_at = :now"
                                                + " WHERE id = :id AND state = 'orphaned' AND expires_at > :now"),
                                id,
                                node,
                                request,
                                now)
                        .execute()
                == 1;
    }

    /** The waiting node takes what people said yes to. */
    static boolean use(Handle handle, String id, String node, ApprovalRequest request, Instant now) {
        return owned(
                                handle.createUpdate(
                                        "UPDATE approvals SET state = 'used', ended_at = :now, version = version + 1,"
                                                + " updated_at = :now WHERE id = :id AND state = 'approved' AND node = :node AND"
                                                + " session_id = :session AND action_number = :action"),
                                id,
                                node,
                                request,
                                now)
                        .execute()
                == 1;
    }

    /** An identical request takes a yes that nobody waited for. */
    static boolean useCarried(Handle handle, String id, String node, ApprovalRequest request, Instant now) {
        return owned(
                                handle.createUpdate(
                                        "UPDATE approvals SET state = 'used', ended_at = :now, node = :node,"
                                                + " session_id = :session, action_number = :action, end_reason = NULL, version = version +"
                                                + " 1, updated_at = :now WHERE id = :id AND state = 'carried' AND decided_at + carry > :now AND"
                                                + " decided_at + :allowed > :now"),
                                id,
                                node,
                                request,
                                now)
                        .bind("allowed", request.hold().carry().toMillis())
                        .execute()
                == 1;
    }

    /**
     * The client left. A use that was never delivered to it is taken back: the caller knows that nothing was released.
     *
     * @return whether anything changed
     */
    static boolean leave(Handle handle, String id, String node, ApprovalRequest request, String reason, Instant now) {
        return owned(
                                handle.createUpdate(
                                        "UPDATE approvals SET state = CASE WHEN carry = 0 THEN 'withdrawn' WHEN state ="
                                                + " 'pending' THEN 'orphaned' ELSE 'carried' END, ended_at = CASE WHEN carry = 0 THEN"
                                                + " :now ELSE NULL END, end_reason = :reason, version = version + 1, updated_at = :now"
                                                + " WHERE id = :id AND state IN ('pending', 'approved', 'used') AND node = :node AND"
                                                + " session_id = :session AND action_number = :action"),
                                id,
                                node,
                                request,
                                now)
                        .bind("reason", SqlText.clean(reason))
                        .execute()
                == 1;
    }

    /** The wait is over. */
    static boolean expire(Handle handle, String id, Instant now) {
        return handle.createUpdate("UPDATE approvals SET state = 'expired', ended_at = :now, version = version + 1,"
                                + " updated_at = :now WHERE id = :id AND state = 'pending'")
                        .bind("id", id)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /** Takes the row's lock if it can still be decided at this moment; other deciders then wait for this transaction. */
    static boolean lock(Handle handle, String id, Instant now) {
        return handle.createUpdate(
                                "UPDATE approvals SET version = version + 1, updated_at = :now WHERE id = :id AND state"
                                        + " IN ('pending', 'orphaned') AND expires_at > :now")
                        .bind("id", id)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /** Ends an open request whose lock this transaction holds. */
    static void close(Handle handle, String id, boolean approved, Instant now) {
        handle.createUpdate(
                        "UPDATE approvals SET state = CASE WHEN :approved = 0 THEN 'rejected' WHEN state = 'orphaned'"
                                + " THEN 'carried' ELSE 'approved' END, decided_at = :now, ended_at = CASE WHEN :approved = 0"
                                + " THEN :now ELSE NULL END WHERE id = :id AND state IN ('pending', 'orphaned')")
                .bind("id", id)
                .bind("approved", approved ? 1 : 0)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Ends what nobody will end any more: orphans, carried ones, and those whose node has gone. */
    static void sweep(Handle handle, Instant now) {
        handle.createUpdate(
                        "UPDATE approvals SET state = 'expired', ended_at = :now, version = version + 1, updated_at ="
                                + " :now WHERE (state IN ('pending', 'orphaned') AND expires_at + 5000 <= :now) OR (state ="
                                + " 'carried' AND decided_at + carry <= :now)")
                .bind("now", now.toEpochMilli())
                .execute();
        handle.createUpdate(
                        "UPDATE approvals SET state = 'withdrawn', ended_at = :now, end_reason = 'the gateway on which"
                                + " the client waited did not take it', version = version + 1, updated_at = :now WHERE state ="
                                + " 'approved' AND decided_at + 60000 <= :now")
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Forgets what ended long ago; the journal keeps it. */
    static void forget(Handle handle, Instant before) {
        handle.createUpdate(
                        "DELETE FROM approval_decisions WHERE approval_id IN (SELECT id FROM approvals WHERE ended_at <"
                                + " :before)")
                .bind("before", before.toEpochMilli())
                .execute();
        handle.createUpdate("DELETE FROM approvals WHERE ended_at < :before")
                .bind("before", before.toEpochMilli())
                .execute();
    }

    /** The clients of this node's earlier life have gone. */
    static void abandon(Handle handle, String node, Instant now) {
        handle.createUpdate(
                        "UPDATE approvals SET state = CASE WHEN carry = 0 THEN 'withdrawn' WHEN state = 'pending' THEN"
                                + " 'orphaned' ELSE 'carried' END, ended_at = CASE WHEN carry = 0 THEN :now ELSE NULL END,"
                                + " end_reason = 'the gateway was restarted', version = version + 1, updated_at = :now WHERE"
                                + " node = :node AND state IN ('pending', 'approved')")
                .bind("node", node)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static Set<String> pending(Handle handle, String node) {
        return handle.createQuery("SELECT id FROM approvals WHERE node = :node AND state = 'pending'")
                .bind("node", node)
                .mapTo(String.class)
                .collect(Collectors.toSet());
    }

    static @Nullable ApprovalView find(Handle handle, String id) {
        Query query = handle.createQuery("SELECT " + LIGHT + ", body FROM approvals WHERE id = :id")
                .bind("id", SqlText.clean(id));
        List<ApprovalView> found = views(handle, query);
        return found.isEmpty() ? null : found.get(0);
    }

    static List<ApprovalView> list(Handle handle, ApprovalFilter filter) {
        List<String> states = new ArrayList<>();
        for (ApprovalState state : filter.states().isEmpty() ? Set.of(ApprovalState.values()) : filter.states()) {
            states.add(state.word());
        }
        String session = filter.session();
        Query query = handle.createQuery("SELECT " + LIGHT
                        + ", '' AS body FROM approvals WHERE state IN (<states>) AND (:any = 1 OR session_id ="
                        + " :session) ORDER BY requested_at DESC, id LIMIT :limit")
                .bindList("states", states)
                .bind("any", session == null ? 1 : 0)
                .bind("session", stored(session))
                .bind("limit", filter.limit());
        return views(handle, query);
    }

    /** What has changed since a moment, newest first. */
    static List<ApprovalView> changed(Handle handle, Instant since) {
        Query query = handle.createQuery("SELECT " + LIGHT
                        + ", '' AS body FROM approvals WHERE updated_at >= :since ORDER BY updated_at DESC, id"
                        + " LIMIT 1000")
                .bind("since", since.toEpochMilli());
        return views(handle, query);
    }

    static List<Vote> votes(Handle handle, String id) {
        return VOTES.of(handle, List.of(id)).getOrDefault(id, List.of());
    }

    private static Update owned(Update update, String id, String node, ApprovalRequest request, Instant now) {
        return update.bind("id", id)
                .bind("node", node)
                .bind("session", request.session())
                .bind("action", request.action())
                .bind("now", now.toEpochMilli());
    }

    private static List<ApprovalView> views(Handle handle, Query query) {
        List<ApprovalView> found = query.map(ApprovalTable::view).list();
        if (found.isEmpty()) {
            return found;
        }
        Map<String, List<Vote>> votes =
                VOTES.of(handle, found.stream().map(ApprovalView::id).toList());
        return found.stream()
                .map(view -> view.withVotes(votes.getOrDefault(view.id(), List.of())))
                .toList();
    }

    private static ApprovalView view(ResultSet row, StatementContext context) throws SQLException {
        ApprovalDocument document = ApprovalDocument.read(row.getString("document"));
        Principal requester = new Principal(
                row.getString("issuer"),
                row.getString("subject"),
                document.display(),
                Set.of(),
                document.claims(),
                document.onBehalfOf());
        String database = row.getString("database_name");
        return new ApprovalView(
                row.getString("id"),
                ApprovalState.of(row.getString("state")),
                row.getLong("version"),
                row.getString("node"),
                row.getString("session_id"),
                row.getLong("action_number"),
                requester,
                new Binding(
                        row.getString("target"),
                        row.getString("account"),
                        database.isEmpty() ? null : database,
                        row.getString("digest")),
                terms(row, document),
                new ApprovalView.Times(
                        Instant.ofEpochMilli(row.getLong("requested_at")),
                        Instant.ofEpochMilli(row.getLong("expires_at")),
                        instant(row, "decided_at"),
                        instant(row, "ended_at")),
                row.getString("end_reason"),
                document.presentation(row.getString("body")),
                List.of());
    }

    private static ApprovalView.Terms terms(ResultSet row, ApprovalDocument document) throws SQLException {
        return new ApprovalView.Terms(
                row.getString("rule"),
                document.reason(),
                new Approvers(
                        row.getString("approver_issuer"),
                        ApprovalDocument.groups(row.getString("approver_groups")),
                        row.getInt("required")),
                Duration.ofMillis(row.getLong("carry")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(value);
    }

    private static String stored(@Nullable String optional) {
        return optional == null ? "" : optional;
    }
}
