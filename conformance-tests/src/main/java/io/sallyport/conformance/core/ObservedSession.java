package io.sallyport.conformance.core;

import io.sallyport.api.Recording;
import io.sallyport.api.action.Action;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.principal.Principal;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.TargetAccess;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A session of the real core, and what the connector did with it. */
public final class ObservedSession implements Session {

    private final Session session;
    private final SessionExecutor executor;
    private final Switches switches;
    private final List<ObservedExchange> exchanges = new CopyOnWriteArrayList<>();
    private final List<String> own = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final List<String> strayCalls = new CopyOnWriteArrayList<>();
    private volatile @Nullable Closing closing;

    ObservedSession(Session session, SessionExecutor executor, Switches switches) {
        this.session = session;
        this.executor = executor;
        this.switches = switches;
    }

    /** What was asked for, in order. */
    public List<ObservedExchange> exchanges() {
        return exchanges;
    }

    /** What the connector says that it sends itself. */
    public List<String> ownMessages() {
        return own;
    }

    /** What the connector has noted. */
    public List<String> notes() {
        return notes;
    }

    /** Calls that came from another thread than the session's. */
    public List<String> strayCalls() {
        return strayCalls;
    }

    /** How the connector has closed it, null if it has not. */
    public @Nullable Closing closing() {
        return closing;
    }

    SessionExecutor executor() {
        return executor;
    }

    Switches switches() {
        return switches;
    }

    void inThread(String call) {
        if (!executor.inThread()) {
            strayCalls.add(call);
        }
    }

    @Override
    public String id() {
        return session.id();
    }

    @Override
    public Principal principal() {
        return session.principal();
    }

    @Override
    public TargetAccess target() {
        return session.target();
    }

    @Override
    public Credential credential() {
        return session.credential();
    }

    @Override
    public Recording recording() {
        return session.recording();
    }

    @Override
    public boolean passUnmaskable() {
        return session.passUnmaskable();
    }

    @Override
    public Exchange submit(Action action) {
        inThread("Session.submit");
        return observed(session.submit(action), action, false);
    }

    @Override
    public Exchange prepare(Action action) {
        inThread("Session.prepare");
        return observed(session.prepare(action), action, true);
    }

    private Exchange observed(Exchange exchange, Action action, boolean preparation) {
        ObservedExchange observed = new ObservedExchange(this, exchange, action, preparation);
        exchanges.add(observed);
        return observed;
    }

    @Override
    public void own(String what) {
        inThread("Session.own");
        switches.own();
        own.add(what);
        session.own(what);
    }

    @Override
    public void note(String what) {
        inThread("Session.note");
        notes.add(what);
        session.note(what);
    }

    @Override
    public void close(Closing how) {
        inThread("Session.close");
        if (closing == null) {
            closing = how;
        }
        session.close(how);
    }
}
