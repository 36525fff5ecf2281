package io.sallyport.ssh.target;

import io.netty.channel.EventLoop;
import io.sallyport.api.config.HostPort;
import io.sallyport.api.session.Session;
import io.sallyport.netty.Connecting;
import io.sallyport.netty.Helpers;
import io.sallyport.ssh.transport.ClientEnd;
import io.sallyport.ssh.transport.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.jspecify.annotations.Nullable;

/**
 * The way to targets.
 *
 * <ol>
 *   <li>Nothing of the credential is sent before the host key is known to be the target's.
 *   <li>It fails with a reason that the client may see; fingerprints are in it, secrets are not.
 * </ol>
 */
public final class TargetDoor {

    private final ClientEnd end;
    private final Connecting connecting;
    private final Helpers helpers;

    /** A way that uses these. */
    public TargetDoor(ClientEnd end, Connecting connecting, Helpers helpers) {
        this.end = end;
        this.connecting = connecting;
        this.helpers = helpers;
    }

    /** What was read from files, on a helper. */
    private record Known(KnownHosts hosts, Identity identity) {}

    /** A reason that the client may see. */
    public static final class Unreachable extends IOException {

        private static final long serialVersionUID = 1L;

        Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Connects and logs in.
     *
     * @param known the file of the target's host keys
     * @param loop the session's loop, on which the stage completes
     * @param receiver takes the target's messages
     */
    public CompletionStage<Connection> open(Session session, Path known, EventLoop loop, Connection.Receiver receiver) {
        CompletableFuture<Connection> result = new CompletableFuture<>();
        String name = session.target().name();
        HostPort host = session.target().hosts().get(0);
        helpers.call(() -> new Known(KnownHosts.read(known, host), Identity.of(session.credential())), loop)
                .whenComplete((read, failure) -> {
                    if (read == null) {
                        fail(result, "the gateway cannot read what it needs for target '" + name + "'", failure);
                    } else if (read.hosts.empty()) {
                        fail(result, "no host key of target '" + name + "' is known", null);
                    } else {
                        connect(session, read, loop, receiver, result);
                    }
                });
        return result;
    }

    private void connect(
            Session session,
            Known known,
            EventLoop loop,
            Connection.Receiver receiver,
            CompletableFuture<Connection> result) {
        String name = session.target().name();
        connecting.connect(session.target().hosts(), loop).whenComplete((connected, failure) -> {
            if (connected == null) {
                fail(result, "target '" + name + "' does not answer", failure);
                return;
            }
            try {
                login(session, known, connected, receiver, result);
            } catch (IOException | RuntimeException e) {
                connected.channel().close();
                fail(result, "target '" + name + "' cannot be logged in to", e);
            }
        });
    }

    private void login(
            Session session,
            Known known,
            Connecting.Connected connected,
            Connection.Receiver receiver,
            CompletableFuture<Connection> result)
            throws IOException {
        HostPort host = connected.host();
        Connection[] made = new Connection[1];
        String[] refusal = new String[1];
        ClientSessionImpl target = end.connect(
                connected.channel(),
                session.target().account(),
                InetSocketAddress.createUnresolved(host.host(), host.port()),
                connection -> {
                    made[0] = connection;
                    return receiver;
                });
        target.setSignatureFactories(ClientEnd.signatures(known.hosts.types(), known.hosts.hasAuthorities()));
        target.setServerKeyVerifier((client, address, key) -> {
            refusal[0] = known.hosts.refusal(key);
            return refusal[0] == null;
        });
        known.identity.give(target);
        target.auth().addListener((AuthFuture done) -> {
            if (done.isSuccess()) {
                result.complete(made[0]);
            } else {
                target.close(true);
                fail(result, why(session, refusal[0], done.getException()), done.getException());
            }
        });
    }

    private static String why(Session session, @Nullable String hostKey, @Nullable Throwable failure) {
        String name = session.target().name();
        if (hostKey != null) {
            return "target '" + name + "' is not who it should be: " + hostKey;
        }
        String text = failure == null ? "" : String.valueOf(failure.getMessage());
        return text.startsWith("No more authentication methods")
                ? "target '" + name + "' does not accept the gateway's credential"
                : "target '" + name + "' cannot be logged in to: " + text;
    }

    private static void fail(CompletableFuture<Connection> result, String why, @Nullable Throwable cause) {
        result.completeExceptionally(new Unreachable(why, cause));
    }

    /** The reason that the client may see. */
    public static String reason(Throwable failure) {
        return List.of(failure, failure.getCause() == null ? failure : failure.getCause()).stream()
                .filter(Unreachable.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst()
                .orElse("the target cannot be reached");
    }
}
