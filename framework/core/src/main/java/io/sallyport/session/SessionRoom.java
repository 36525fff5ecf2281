package io.sallyport.session;

import io.sallyport.api.session.JournalUnavailableException;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import io.sallyport.approval.Approvals;
import io.sallyport.decision.Decisions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sessions of this node.
 *
 * <ol>
 *   <li>{@link #open} is called on the session's executor; its record is written, and durable as configured, before the
 *       session exists for the connector.
 *   <li>{@link #tick} ends what is over. It is called at least every quarter of a second, from one thread.
 *   <li>Every other method may be called from any thread.
 * </ol>
 */
public final class SessionRoom {

    private static final Logger log = LoggerFactory.getLogger(SessionRoom.class);

    private final Services services;
    private final SecureRandom random = new SecureRandom();
    private final Map<SessionId, GatewaySession> sessions = new ConcurrentHashMap<>();

    /** Written before the sessions are gone through, and read after one is put among them: none is missed. */
    private volatile @Nullable Governor governor;

    private final SessionPlaces places = new SessionPlaces();

    /**
     * What sessions need from the rooms below.
     *
     * @param clock for all time limits
     * @param decisions judges actions
     * @param approvals holds actions
     * @param digest the journal's keyed digest
     * @param approvalUrl where people decide an approval, with its identifier behind it
     * @param admitting whether new sessions may open: the journal writes and revocations are fresh
     */
    public record Services(
            InstantSource clock,
            Decisions decisions,
            Approvals approvals,
            UnaryOperator<byte[]> digest,
            String approvalUrl,
            BooleanSupplier admitting) {}

    /** A room without sessions. */
    public SessionRoom(Services services) {
        this.services = services;
    }

    /** A new identifier. */
    public SessionId newId() {
        long millis = services.clock().millis();
        return new SessionId(millis << 16 | (random.nextInt() & 0xFFFF), random.nextLong());
    }

    /** Whether new sessions may open now. */
    public boolean admitting() {
        return services.admitting().getAsBoolean();
    }

    /** The places of this node's sessions. */
    public SessionPlaces places() {
        return places;
    }

    /**
     * Puts another configuration in force: for every open session at its next turn, and for each that opens from now on
     * whatever it was admitted under.
     */
    public void govern(Governor other) {
        governor = other;
        for (GatewaySession session : sessions.values()) {
            try {
                session.executor().execute(() -> endUnlessStanding(session));
            } catch (RejectedExecutionException e) {
                report("session " + session.id() + " has no thread any more", e);
            }
        }
    }

    private void endUnlessStanding(GatewaySession session) {
        if (standing(session) instanceof Governor.Standing.Over over) {
            session.end(new Sessions.Ending(Sessions.EndCause.REVOKED, over.reason()));
        }
    }

    /** Puts the terms in force now on a session and says what becomes of it. On the session's executor. */
    private Governor.@Nullable Standing standing(GatewaySession session) {
        Governor current = governor;
        if (current == null) {
            return null;
        }
        try {
            Governor.Standing standing = current.standing(session.spec());
            if (standing instanceof Governor.Standing.Under under
                    && session.isOutdated(under.terms().policy())) {
                session.govern(under.terms());
            }
            return standing;
        } catch (RuntimeException e) {
            report("it cannot be told what a session may do under another configuration", e);
            return new Governor.Standing.Over("the gateway failed; ask its operator");
        }
    }

    /** Opens a session, or refuses and closes the credential. On the session's executor. */
    public CompletionStage<Sessions.Opening> open(
            SessionSpec spec, SessionExecutor executor, Sessions.Listener listener) {
        GatewaySession session = new GatewaySession(spec, this, (RegisteredExecutor) executor, listener);
        try {
            long position = session.journal().opened(spec);
            sessions.put(spec.id(), session);
            if (standing(session) instanceof Governor.Standing.Over over) {
                session.close(new Session.Closing("revoked", over.reason()));
                return CompletableFuture.completedFuture(
                        new Sessions.Opening.Refused(Sessions.Cause.FORBIDDEN, over.reason()));
            }
            return session.journal()
                    .durable(position)
                    .<Sessions.Opening>thenApply(unused -> new Sessions.Opening.Opened(session))
                    .exceptionally(failure -> refuse(session, failure));
        } catch (JournalUnavailableException e) {
            return CompletableFuture.completedFuture(refuse(session, e));
        }
    }

    private Sessions.Opening refuse(GatewaySession session, Throwable failure) {
        report("a session could not be opened", failure);
        session.spec().credential().close();
        closed(session);
        return new Sessions.Opening.Refused(
                Sessions.Cause.UNAVAILABLE, "the gateway cannot write its journal; try again later");
    }

    /** Ends what is over at this moment. */
    public void tick() {
        Instant now = services.clock().instant();
        for (GatewaySession session : sessions.values()) {
            Sessions.Ending due = session.due(now);
            if (due != null) {
                session.executor().execute(() -> session.end(due));
            }
        }
    }

    /** Ends one session; false if this node does not have it. */
    public boolean end(String id, Sessions.EndCause cause, String reason) {
        for (GatewaySession session : sessions.values()) {
            if (session.id().equals(id)) {
                end(session, new Sessions.Ending(cause, reason));
                return true;
            }
        }
        return false;
    }

    /** Ends the sessions that a condition names. */
    public void endAll(Predicate<SessionSpec> condition, Sessions.EndCause cause, String reason) {
        for (GatewaySession session : sessions.values()) {
            if (condition.test(session.spec())) {
                end(session, new Sessions.Ending(cause, reason));
            }
        }
    }

    private static void end(GatewaySession session, Sessions.Ending ending) {
        session.executor().execute(() -> session.end(ending));
    }

    /** What is open now. */
    public List<SessionSpec> open() {
        Collection<GatewaySession> all = sessions.values();
        return all.stream().map(GatewaySession::spec).toList();
    }

    InstantSource clock() {
        return services.clock();
    }

    Decisions decisions() {
        return services.decisions();
    }

    Approvals approvals() {
        return services.approvals();
    }

    String approvalUrl(String approval) {
        return services.approvalUrl() + approval;
    }

    byte[] digest(byte[] bytes) {
        return services.digest().apply(bytes);
    }

    void closed(GatewaySession session) {
        sessions.remove(session.spec().id());
        session.spec().terms().place().giveBack();
    }

    void report(String what, Throwable cause) {
        log.error("{}: {}", what, cause.toString(), cause);
    }
}
