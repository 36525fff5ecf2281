package io.sallyport.ssh.relay;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Tunnel;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.session.Outcome;
import io.sallyport.ssh.command.SshVocabulary;
import io.sallyport.ssh.transport.Connection;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Ports on which the target listens for the client (RFC 4254 section 7.1): each is one action from when it is asked for to its
 * end, whatever comes through it meanwhile. It is allowed or denied at once: answers to requests keep their order, so that none
 * can wait for people.
 */
final class Forwards {

    private static final int PORTS = 65_536;

    private final Relay relay;
    private final Map<Place, Acts> open = new HashMap<>();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    Forwards(Relay relay) {
        this.relay = relay;
    }

    /** Where the target listens. */
    record Place(String address, long port) {}

    /** A request that the target has not answered yet. */
    private interface Waiting {
        void answered(boolean success, Buffer rest) throws IOException;
    }

    /** Answers a request of the client; a port if the target chose one. */
    interface Answer {
        void give(boolean success, @Nullable Long port);
    }

    /** The client asks for a port. */
    void listen(Buffer arguments, Answer answer) {
        String address = arguments.getString();
        long port = arguments.getUInt();
        if (port >= PORTS || open.containsKey(new Place(address, port))) {
            answer.give(false, null);
            return;
        }
        Tunnel tunnel = new Tunnel(
                Analysis.exact(
                        "listen on " + Messages.printable(address) + ":" + port,
                        List.of(Access.of(
                                SshVocabulary.FORWARD_REMOTE,
                                SshVocabulary.destination(address.toLowerCase(Locale.ROOT), (int) port)))),
                address,
                (int) port);
        Acts judging = Acts.judge(relay.session(), List.of(tunnel), new Acts.Judged() {
            @Override
            public void held(String line) {
                // It is cancelled below.
            }

            @Override
            public void allowed(Acts acts, @Nullable Mask mask) {
                relay.guard(() -> ask(address, port, acts, mask, answer));
            }

            @Override
            public void denied(String line) {
                answer.give(false, null);
            }
        });
        if (!judging.decided()) {
            judging.cancel("a port cannot wait for approval");
            answer.give(false, null);
        }
    }

    private void ask(String address, long port, Acts acts, @Nullable Mask mask, Answer answer) {
        if (mask != null && !relay.session().passUnmaskable()) {
            acts.complete(Outcomes.failed("", 0, "what goes through a connection cannot be masked"));
            answer.give(false, null);
            return;
        }
        waiting.add((success, rest) -> {
            if (!success) {
                acts.complete(Outcomes.failed("refused", 0, "the target does not listen"));
                answer.give(false, null);
                return;
            }
            Long chosen = port == 0 ? rest.getUInt() : null;
            open.put(new Place(address, chosen == null ? port : chosen), acts);
            answer.give(true, chosen);
        });
        send("tcpip-forward", address, port);
    }

    /** The client needs a port no more. */
    void cancel(Buffer arguments, Answer answer) {
        Place place = new Place(arguments.getString(), arguments.getUInt());
        Acts acts = open.remove(place);
        if (acts == null) {
            answer.give(false, null);
            return;
        }
        waiting.add((success, rest) -> {
            acts.complete(new Outcome(Outcome.Status.SUCCEEDED, "closed", -1, 0, null));
            answer.give(success, null);
        });
        send("cancel-tcpip-forward", place.address, place.port);
    }

    private void send(String name, String address, long port) {
        Connection target = relay.target();
        Buffer message = target.message(SshConstants.SSH_MSG_GLOBAL_REQUEST, 32 + name.length() + 3 * address.length());
        message.putString(name);
        message.putBoolean(true);
        message.putString(address);
        message.putUInt(port);
        target.send(message);
    }

    /** The target answers the oldest request. */
    void answered(boolean success, Buffer rest) throws IOException {
        Waiting first = waiting.poll();
        if (first == null) {
            throw new IOException("the target answers what was not asked");
        }
        first.answered(success, rest);
    }

    /** Whether a connection that the target brings comes through a port of this client. */
    boolean expects(byte[] arguments) {
        Buffer buffer = new ByteArrayBuffer(arguments);
        return open.containsKey(new Place(buffer.getString(), buffer.getUInt()));
    }

    /** The session ends. */
    void end(String why) {
        open.values().forEach(acts -> acts.complete(Outcomes.cancelled(why)));
        open.clear();
    }
}
