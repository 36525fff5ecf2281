package io.sallyport.netty;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.sallyport.api.ConnectorContext;
import io.sallyport.api.session.SessionExecutor;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;

/** The fixed set of event loops of one connector, each registered with the core as a session executor. */
public final class EventLoops implements AutoCloseable {

    private final Transport transport;
    private final EventLoopGroup group;
    private final IdentityHashMap<EventExecutor, SessionExecutor> executors = new IdentityHashMap<>();

    private EventLoops(Transport transport, EventLoopGroup group) {
        this.transport = transport;
        this.group = group;
    }

    /** Starts loops and registers them; to be called while the connector starts. */
    public static EventLoops start(ConnectorContext context, int count) {
        Transport transport = Transport.choose();
        EventLoops loops = new EventLoops(transport, transport.group(count, "sallyport-" + context.name()));
        for (EventExecutor loop : loops.group) {
            loops.executors.put(loop, context.register(loop, loop::inEventLoop));
        }
        return loops;
    }

    /** How the sockets are driven. */
    public Transport transport() {
        return transport;
    }

    /** The loops. */
    public EventLoopGroup group() {
        return group;
    }

    /** The session executor that a loop was registered as. */
    public SessionExecutor executor(EventLoop loop) {
        SessionExecutor executor = executors.get(loop);
        if (executor == null) {
            throw new IllegalArgumentException("not a loop of this connector");
        }
        return executor;
    }

    /** Stops the loops. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
