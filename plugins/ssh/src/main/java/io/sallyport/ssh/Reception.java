package io.sallyport.ssh;

import io.netty.channel.EventLoop;
import io.sallyport.api.ConnectorContext;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import io.sallyport.netty.EventLoops;
import io.sallyport.ssh.login.Entrance;
import io.sallyport.ssh.relay.Relay;
import io.sallyport.ssh.target.TargetDoor;
import io.sallyport.ssh.transport.Connection;
import io.sallyport.ssh.transport.ServerEnd;
import java.security.PublicKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/** Brings clients that are in together with their targets, and knows all that are there. */
final class Reception implements Entrance {

    private final ConnectorContext context;
    private final EventLoops loops;
    private final TargetDoor targets;
    private final @Nullable PublicKey authority;
    private final Map<Relay, EventLoop> relays = new ConcurrentHashMap<>();

    Reception(ConnectorContext context, EventLoops loops, TargetDoor targets, @Nullable PublicKey authority) {
        this.context = context;
        this.loops = loops;
        this.targets = targets;
        this.authority = authority;
    }

    @Override
    public ConnectorContext context() {
        return context;
    }

    @Override
    public SessionExecutor executor(ServerSession client) {
        return loops.executor(ServerEnd.wire(client).loop());
    }

    @Override
    public @Nullable PublicKey authority() {
        return authority;
    }

    @Override
    public Guest welcome(Session session, Connection connection) {
        EventLoop loop = connection.wire().loop();
        Relay[] self = new Relay[1];
        Relay relay = new Relay(session, connection, context.limits().heldInput(), () -> relays.remove(self[0]));
        self[0] = relay;
        relays.put(relay, loop);
        SshTarget options = (SshTarget) session.target().options();
        targets.open(session, options.knownHosts(), loop, relay.targetSide()).whenComplete((target, failure) -> {
            if (target != null) {
                relay.target(target);
            } else {
                relay.noTarget(TargetDoor.reason(failure));
            }
        });
        return new Guest() {
            @Override
            public Connection.Receiver receiver() {
                return relay.clientSide();
            }

            @Override
            public void end(Sessions.Ending ending) {
                relay.end(ending);
            }
        };
    }

    int size() {
        return relays.size();
    }

    /** Ends everything that is there. */
    void end(String reason) {
        relays.forEach((relay, loop) ->
                loop.execute(() -> relay.end(new Sessions.Ending(Sessions.EndCause.SHUTDOWN, reason))));
    }
}
