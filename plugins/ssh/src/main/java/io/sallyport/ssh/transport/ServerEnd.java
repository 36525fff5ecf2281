package io.sallyport.ssh.transport;

import io.netty.channel.Channel;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.ServiceFactory;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthNoneFactory;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.server.session.SessionFactory;

/**
 * The end that faces clients.
 *
 * <ol>
 *   <li>A client gets each of the two services once, in order: the login service by asking for it, the connection service
 *       by logging in. Asking for anything else, or again, ends the connection.
 * </ol>
 */
public final class ServerEnd implements AutoCloseable {

    /** The library wants to know one. */
    private static final int NEVER_BOUND = 22;

    private static final String IDENTIFICATION = "Sallyport";
    private static final AttributeKey<Connection> CONNECTION = new AttributeKey<>();
    private static final AttributeKey<Boolean> LOGIN = new AttributeKey<>();

    private final SshServer server;
    private final SessionFactory sessions;

    /**
     * A started end.
     *
     * @param hostKey what clients know the gateway by
     * @param loginTimeout how long a client may take to log in
     * @param logins makes the login service of a connection
     * @throws IOException if the library does not start
     */
    public ServerEnd(KeyPair hostKey, Duration loginTimeout, Function<ServerSession, Service> logins)
            throws IOException {
        server = new SshServer();
        Algorithms.apply(server, ServerBuilder.DH2KEX);
        server.setCompressionFactories(List.of(BuiltinCompressions.none));
        server.setKexExtensionHandler(ServerBuilder.DEFAULT_KEX_EXTENSION_HANDLER);
        server.setChannelFactories(ServerBuilder.DEFAULT_CHANNEL_FACTORIES);
        server.setFileSystemFactory(ServerBuilder.DEFAULT_FILE_SYSTEM_FACTORY);
        server.setUserAuthFactories(List.of(UserAuthNoneFactory.INSTANCE));
        server.setServiceFactories(List.of(login(logins), connection()));
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setIoServiceFactoryFactory(NoSockets.factory());
        server.setPort(NEVER_BOUND);
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, IDENTIFICATION);
        CoreModuleProperties.AUTH_TIMEOUT.set(server, loginTimeout);
        sessions = new SessionFactory(server);
        server.setSessionFactory(sessions);
        server.start();
    }

    /** Takes a client's connection over, on its loop. */
    public Wire accept(Channel channel) throws IOException {
        return Wire.attach(channel, sessions);
    }

    /** The wire under a session. */
    public static Wire wire(Session session) {
        return (Wire) session.getIoSession();
    }

    /** Signature algorithms that are accepted of clients. */
    public static List<NamedFactory<Signature>> signatures() {
        return Algorithms.signatures();
    }

    /**
     * The connection protocol of a client that is about to be told that it is logged in.
     *
     * @param receiver makes the taker of its messages
     */
    public static void authenticated(
            ServerSession session, String user, Function<Connection, Connection.Receiver> receiver) throws Exception {
        Connection connection = new Connection(session);
        connection.receiver(receiver.apply(connection));
        session.setAttribute(CONNECTION, connection);
        wire(session).loggedIn();
        session.signalAuthenticationSuccess(user, connectionName(), session.createBuffer((byte) 0, 1));
    }

    /** The name of the service behind the login. */
    public static String connectionName() {
        return "ssh-connection";
    }

    private static ServiceFactory login(Function<ServerSession, Service> logins) {
        return new NamedService("ssh-userauth") {
            @Override
            public Service create(Session session) throws IOException {
                if (session.isAuthenticated() || session.setAttribute(LOGIN, true) != null) {
                    throw new IOException("the login service is there once");
                }
                return logins.apply((ServerSession) session);
            }
        };
    }

    private static ServiceFactory connection() {
        return new NamedService(connectionName()) {
            @Override
            public Service create(Session session) throws IOException {
                Service service = session.removeAttribute(CONNECTION);
                if (service == null || !session.isAuthenticated()) {
                    throw new IOException("the connection service starts with the login");
                }
                return service;
            }
        };
    }

    @Override
    public void close() {
        server.close(true);
    }

    private abstract static class NamedService implements ServiceFactory {

        private final String name;

        NamedService(String name) {
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }
    }
}
