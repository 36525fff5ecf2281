package io.sallyport.ssh.relay;

import io.sallyport.api.session.JournalUnavailableException;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.Sessions;
import io.sallyport.ssh.transport.Connection;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.SshConstants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client on one target: the two connections, the channels between them, and how all of it ends.
 *
 * <p>Confined to the session's loop.
 */
public final class Relay implements Sessions.Listener {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    /** The most channels of one client at one time, and the most that wait for the target. */
    static final int MOST_CHANNELS = 256;

    private static final int TARGET_WINDOW = 2 << 20;

    /** More than the longest packet of SFTP: each is read as a whole. */
    private static final int SMALLEST_WINDOW = 512 * 1024;

    private final Session session;
    private final Connection client;
    private final int clientWindow;
    private final Map<Integer, Strand> byClientId = new HashMap<>();
    private final Map<Integer, Strand> byTargetId = new HashMap<>();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final Runnable onEnd;
    private final Forwards forwards = new Forwards(this);
    private @Nullable Connection target;
    private int nextId;
    private boolean ended;

    /**
     * A relay whose target is not there yet.
     *
     * @param client the client's connection
     * @param heldInput how much a client may send on a channel ahead of what was passed on
     * @param onEnd runs once when the session is closed
     */
    public Relay(Session session, Connection client, long heldInput, Runnable onEnd) {
        this.session = session;
        this.client = client;
        this.clientWindow = (int) Math.max(SMALLEST_WINDOW, Math.min(heldInput, TARGET_WINDOW));
        this.onEnd = onEnd;
        client.wire().onWritable(this::drainClient);
        client.wire().onEnd(() -> clientGone("the client left"));
    }

    /** Takes the client's messages. */
    public Connection.Receiver clientSide() {
        return new ClientSide(this);
    }

    /** Takes the target's messages. */
    public Connection.Receiver targetSide() {
        return new TargetSide(this);
    }

    /** The target has let the gateway in. */
    public void target(Connection connection) {
        if (ended) {
            connection.getSession().close(true);
            return;
        }
        target = connection;
        connection.wire().onWritable(this::drainTarget);
        connection.wire().onEnd(() -> targetGone("the target closed the connection"));
        while (!waiting.isEmpty() && !ended) {
            Runnable next = waiting.poll();
            guard(next);
        }
    }

    /** The target cannot be had: the client hears why and is disconnected. */
    public void noTarget(String why) {
        if (ended) {
            return;
        }
        guard(() -> session.note("the target cannot be had: " + why));
        close("target-unavailable", why);
        client.disconnect(
                SshConstants.SSH2_DISCONNECT_BY_APPLICATION, "sallyport: " + why + " (session " + session.id() + ")");
    }

    Session session() {
        return session;
    }

    Forwards forwards() {
        return forwards;
    }

    Connection client() {
        return client;
    }

    boolean ended() {
        return ended;
    }

    /** Runs when the target is there; false if too much waits for it already. */
    boolean whenTarget(Runnable act) {
        if (target != null) {
            act.run();
            return true;
        }
        return waiting.size() < MOST_CHANNELS && waiting.add(act);
    }

    Connection target() {
        Connection now = target;
        if (now == null) {
            throw new IllegalStateException("the target is not there yet");
        }
        return now;
    }

    boolean full() {
        return byClientId.size() + waiting.size() >= MOST_CHANNELS;
    }

    /** A new channel of which neither end is open yet. */
    Strand strand() {
        int id = nextId++;
        Strand strand = new Strand(this, new Leg(client, id, clientWindow), new Leg(target(), id, TARGET_WINDOW));
        byClientId.put(id, strand);
        byTargetId.put(id, strand);
        return strand;
    }

    Strand ofClient(int id) throws IOException {
        return known(byClientId.get(id));
    }

    Strand ofTarget(int id) throws IOException {
        return known(byTargetId.get(id));
    }

    private static Strand known(@Nullable Strand strand) throws IOException {
        if (strand == null) {
            throw new IOException("a message for a channel that is not there");
        }
        return strand;
    }

    /** Forgets a channel of which nothing more comes or goes. */
    void settle(Strand strand) {
        if (strand.client.done() && strand.target.done()) {
            byClientId.remove(strand.client.id);
            byTargetId.remove(strand.target.id);
        }
    }

    /** Forgets a channel that was never opened. */
    void drop(Strand strand) {
        byClientId.remove(strand.client.id);
        byTargetId.remove(strand.target.id);
    }

    void note(String what) {
        session.note(what);
    }

    /** Runs something of which a failure ends the session. */
    void guard(Runnable act) {
        try {
            act.run();
        } catch (JournalUnavailableException e) {
            journalFailed();
        } catch (RuntimeException e) {
            log.warn("session {} ends: {}", session.id(), e.toString(), e);
            finish("internal-error", "the gateway cannot go on with this session");
        }
    }

    /** A peer does not keep to a protocol. */
    void broken(IOException how) {
        finish("protocol-violation", String.valueOf(how.getMessage()));
    }

    void journalFailed() {
        finish("journal", "the gateway cannot record");
    }

    @Override
    public void end(Sessions.Ending ending) {
        finish(ending.cause().name().toLowerCase(java.util.Locale.ROOT), ending.reason());
    }

    /** Ends the session from this side, with last words for the client. */
    private void finish(String cause, String reason) {
        if (ended) {
            return;
        }
        for (Strand strand : strands()) {
            try {
                strand.use().end(reason);
            } catch (RuntimeException e) {
                log.debug("session {}: a channel did not end well", session.id(), e);
            }
        }
        close(cause, reason);
        client.disconnect(
                SshConstants.SSH2_DISCONNECT_BY_APPLICATION,
                "sallyport: " + reason + " (session " + session.id() + ")");
    }

    private List<Strand> strands() {
        return new ArrayList<>(byClientId.values());
    }

    private void clientGone(String why) {
        if (ended) {
            return;
        }
        for (Strand strand : strands()) {
            guard(() -> strand.clientHasGone(why));
        }
        close("client-closed", why);
    }

    private void targetGone(String why) {
        if (ended) {
            return;
        }
        for (Strand strand : strands()) {
            guard(strand::targetHasClosed);
        }
        close("target-closed", why);
        client.disconnect(
                SshConstants.SSH2_DISCONNECT_BY_APPLICATION, "sallyport: " + why + " (session " + session.id() + ")");
    }

    private void close(String cause, String detail) {
        if (ended) {
            return;
        }
        ended = true;
        waiting.clear();
        forwards.end(detail);
        if (target != null) {
            target.getSession().close(false);
        }
        session.close(new Session.Closing(cause, detail));
        onEnd.run();
    }

    private void drainClient() {
        strands().forEach(strand -> guard(strand.toClient::drain));
    }

    private void drainTarget() {
        strands().forEach(strand -> guard(strand.toTarget::drain));
    }
}
