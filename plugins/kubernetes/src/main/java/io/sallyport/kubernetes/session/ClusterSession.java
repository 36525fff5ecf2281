package io.sallyport.kubernetes.session;

import io.sallyport.api.session.Session;
import io.sallyport.api.session.Session.Closing;
import io.sallyport.kubernetes.upstream.Identity;
import io.sallyport.kubernetes.upstream.Upstream;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One principal on one cluster, by way of one client connection. Confined to the connection's event loop.
 *
 * <ol>
 *   <li>A retired session takes no new requests and closes with its last one.
 *   <li>With the session end the connections to the API server and the fields of the identity.
 * </ol>
 */
public final class ClusterSession {

    private final Session session;
    private final Upstream upstream;
    private final Identity identity;
    private final HeldRequests held = new HeldRequests();
    private final Set<Running> running = new LinkedHashSet<>();
    private boolean retired;
    private boolean closed;

    ClusterSession(Session session, Upstream upstream, Identity identity) {
        this.session = session;
        this.upstream = upstream;
        this.identity = identity;
    }

    /** The core's side. */
    public Session session() {
        return session;
    }

    /** The connections to the API server. */
    public Upstream upstream() {
        return upstream;
    }

    /** In whose name requests reach it. */
    public Identity identity() {
        return identity;
    }

    /** Held requests whose clients were told to come again. */
    public HeldRequests held() {
        return held;
    }

    /** Whether new requests may use it. */
    public boolean open() {
        return !closed && !retired;
    }

    /** A request uses the session. */
    public void began(Running request) {
        running.add(request);
    }

    /** A request no longer uses the session. */
    public void ended(Running request) {
        running.remove(request);
        if (retired && running.isEmpty()) {
            close("retired", "its credential was refused by the target");
        }
    }

    /** Takes no new requests from now on. */
    public void retire() {
        retired = true;
        if (running.isEmpty()) {
            close("retired", "its credential was refused by the target");
        }
    }

    /** The core wants it to end: what runs is told, then it closes. */
    void end(String cause, String reason) {
        Set.copyOf(running).forEach(request -> request.sessionEnds(reason));
        close(cause, reason);
    }

    /** Closes it; what still runs must have been told. Idempotent. */
    public void close(String cause, String detail) {
        if (!closed) {
            closed = true;
            held.close();
            // What the identity gives back is in the session's record, so it comes before the end of that.
            identity.close();
            session.close(new Closing(cause, detail));
            upstream.close();
        }
    }

    /** A request that uses the session. */
    public interface Running {

        /** It must end now; the client may read why. */
        void sessionEnds(String reason);
    }
}
