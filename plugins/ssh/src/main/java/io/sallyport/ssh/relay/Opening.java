package io.sallyport.ssh.relay;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Tunnel;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.ssh.command.SshVocabulary;
import io.sallyport.ssh.transport.Connection;
import java.util.List;
import java.util.Locale;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A channel that a client asks for.
 *
 * @param relay whose client it is
 * @param type the type of channel
 * @param sender the client's number for it
 * @param window how much the client takes
 * @param packet the longest data that the client takes in one message
 * @param arguments what the type adds, as it came
 */
record Opening(Relay relay, String type, int sender, long window, long packet, byte[] arguments) {

    private static final int PORTS = 65_536;

    void refuse(int reason, String text) {
        sendFailure(relay.client(), sender, reason, text);
    }

    static void sendFailure(Connection to, int recipient, int reason, String text) {
        Buffer message = to.message(SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE, 64 + 3 * text.length());
        message.putUInt(recipient & 0xFFFFFFFFL);
        message.putUInt(reason);
        message.putString(text);
        message.putString("");
        to.send(message);
    }

    static void sendConfirmation(Leg leg) {
        Buffer message = leg.connection.message(SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION, 4 * Integer.BYTES);
        message.putUInt(leg.peer() & 0xFFFFFFFFL);
        message.putUInt(leg.id);
        message.putUInt(leg.window());
        message.putUInt(Leg.PACKET);
        leg.connection.send(message);
    }

    /** A connection that came through a port of the client: the port's action covers it. */
    static void towardsClient(Relay relay, int sender, long window, long packet, byte[] arguments) {
        Strand strand = relay.strand();
        strand.target.opened(sender);
        strand.toTarget.to(sender, window, packet);
        strand.use(new TunnelUse(strand, null));
        Buffer buffer = new ByteArrayBuffer(arguments);
        relay.note("a connection through " + Messages.printable(buffer.getString()) + ":" + buffer.getUInt());
        Buffer message = relay.client().message(SshConstants.SSH_MSG_CHANNEL_OPEN, arguments.length + 64);
        message.putString("forwarded-tcpip");
        message.putUInt(strand.client.id);
        message.putUInt(strand.client.window());
        message.putUInt(Leg.PACKET);
        message.putRawBytes(arguments);
        relay.client().send(message);
    }

    /** A session channel: its opening runs nothing on the target. */
    void session() {
        wait(() -> {
            Strand strand = open();
            strand.use(new SessionUse(strand));
        });
    }

    /** A connection through the target. */
    void tunnel() {
        Buffer buffer = new ByteArrayBuffer(arguments);
        String host = buffer.getString();
        long port = buffer.getUInt();
        if (host.isEmpty() || port <= 0 || port >= PORTS) {
            refuse(SshConstants.SSH_OPEN_CONNECT_FAILED, "sallyport: not a destination");
            return;
        }
        wait(() -> judge(host, (int) port));
    }

    private void judge(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        Tunnel tunnel = new Tunnel(
                Analysis.exact(
                        "connect to " + Messages.printable(host) + ":" + port,
                        List.of(Access.of(SshVocabulary.FORWARD_LOCAL, SshVocabulary.destination(name, port)))),
                host,
                port);
        Acts.judge(relay.session(), List.of(tunnel), new Acts.Judged() {
            @Override
            public void held(String line) {
                relay.note("a channel waits: " + line);
            }

            @Override
            public void allowed(Acts acts, @Nullable Mask mask) {
                relay.guard(() -> tunnel(acts, mask));
            }

            @Override
            public void denied(String line) {
                refuse(SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, line);
            }
        });
    }

    private void tunnel(Acts acts, @Nullable Mask mask) {
        if (relay.ended()) {
            acts.complete(Outcomes.cancelled("the client left"));
        } else if (mask != null && !relay.session().passUnmaskable()) {
            acts.complete(Outcomes.failed("", 0, "what goes through a connection cannot be masked"));
            refuse(
                    SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED,
                    Acts.refusal("what goes through a connection cannot be masked", "unmaskable", acts.where()));
        } else {
            Strand strand = open();
            strand.use(new TunnelUse(strand, acts));
        }
    }

    private void wait(Runnable act) {
        if (!relay.whenTarget(act)) {
            refuse(SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "sallyport: too many channels wait");
        }
    }

    private Strand open() {
        Strand strand = relay.strand();
        strand.client.opened(sender);
        strand.toClient.to(sender, window, packet);
        Connection target = relay.target();
        Buffer message = target.message(SshConstants.SSH_MSG_CHANNEL_OPEN, arguments.length + 64 + type.length());
        message.putString(type);
        message.putUInt(strand.target.id);
        message.putUInt(strand.target.window());
        message.putUInt(Leg.PACKET);
        message.putRawBytes(arguments);
        target.send(message);
        return strand;
    }
}
