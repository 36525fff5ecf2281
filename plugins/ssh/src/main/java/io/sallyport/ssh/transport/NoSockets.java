package io.sallyport.ssh.transport;

import java.net.SocketAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.apache.sshd.common.util.threads.CloseableExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the SSH library from opening sockets and starting threads for them: connections are given to it as {@link Wire}s.
 */
final class NoSockets extends AbstractCloseable implements IoServiceFactory, IoAcceptor, IoConnector {

    /** What the library asks for its sockets. */
    static IoServiceFactoryFactory factory() {
        return new IoServiceFactoryFactory() {
            @Override
            public IoServiceFactory create(FactoryManager manager) {
                return new NoSockets();
            }

            @Override
            public void setExecutorServiceFactory(
                    org.apache.sshd.common.@Nullable Factory<CloseableExecutorService> factory) {
                // No thread is needed.
            }
        };
    }

    @Override
    public IoConnector createConnector(IoHandler handler) {
        return new NoSockets();
    }

    @Override
    public IoAcceptor createAcceptor(IoHandler handler) {
        return new NoSockets();
    }

    @Override
    public @Nullable IoServiceEventListener getIoServiceEventListener() {
        return null;
    }

    @Override
    public void setIoServiceEventListener(@Nullable IoServiceEventListener listener) {
        // There are no events.
    }

    @Override
    public Map<Long, IoSession> getManagedSessions() {
        return Map.of();
    }

    @Override
    public void bind(Collection<? extends SocketAddress> addresses) {
        // Others listen.
    }

    @Override
    public void bind(SocketAddress address) {
        // Others listen.
    }

    @Override
    public void unbind(Collection<? extends SocketAddress> addresses) {
        // Nothing is bound.
    }

    @Override
    public void unbind(SocketAddress address) {
        // Nothing is bound.
    }

    @Override
    public void unbind() {
        // Nothing is bound.
    }

    @Override
    public Set<SocketAddress> getBoundAddresses() {
        return Set.of();
    }

    @Override
    public IoConnectFuture connect(
            SocketAddress address, @Nullable AttributeRepository context, @Nullable SocketAddress localAddress) {
        throw new IllegalStateException("connections to targets are made elsewhere");
    }
}
