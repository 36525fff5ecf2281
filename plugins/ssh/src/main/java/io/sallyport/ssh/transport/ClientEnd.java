package io.sallyport.ssh.transport;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.client.session.ClientUserAuthServiceFactory;
import org.apache.sshd.client.session.SessionFactory;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.ServiceFactory;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;

/** The end that faces targets. It knows no identity of its own: each connection is given what it may show. */
public final class ClientEnd implements AutoCloseable {

    private final SshClient client;
    private final SessionFactory sessions;

    /**
     * A started end.
     *
     * @param loginTimeout how long a target may take to let the gateway in
     */
    public ClientEnd(Duration loginTimeout) {
        client = new SshClient();
        Algorithms.apply(client, ClientBuilder.DH2KEX);
        client.setCompressionFactories(List.of(BuiltinCompressions.none));
        client.setKexExtensionHandler(ClientBuilder.DEFAULT_KEX_EXTENSION_HANDLER);
        client.setServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE);
        client.setHostConfigEntryResolver(ClientBuilder.DEFAULT_HOST_CONFIG_ENTRY_RESOLVER);
        client.setFilePasswordProvider(FilePasswordProvider.EMPTY);
        client.setClientIdentityLoader(ClientBuilder.DEFAULT_CLIENT_IDENTITY_LOADER);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
        client.setServiceFactories(List.of(ClientUserAuthServiceFactory.INSTANCE, connection()));
        client.setIoServiceFactoryFactory(NoSockets.factory());
        CoreModuleProperties.CLIENT_IDENTIFICATION.set(client, "Sallyport");
        CoreModuleProperties.AUTH_TIMEOUT.set(client, loginTimeout);
        // What to propose depends on the keys that the target is known by: they are set when the connection is there.
        CoreModuleProperties.SEND_IMMEDIATE_KEXINIT.set(client, false);
        sessions = new SessionFactory(client);
        client.setSessionFactory(sessions);
        client.start();
    }

    /**
     * Takes a connection to a target over, on its loop, before anything has been read from it.
     *
     * @param account who to log in as
     * @param address what the target is known by
     * @param receiver makes the taker of the target's messages
     */
    public ClientSessionImpl connect(
            Channel channel,
            String account,
            InetSocketAddress address,
            Function<Connection, Connection.Receiver> receiver)
            throws IOException {
        Wire wire = Wire.attach(channel, sessions);
        wire.loggedIn();
        ClientSessionImpl session = (ClientSessionImpl) AbstractSession.getSession(wire);
        session.setUsername(account);
        session.setConnectAddress(address);
        Connection connection = session.getService(Connection.class);
        connection.receiver(receiver.apply(connection));
        return session;
    }

    /**
     * Signature algorithms for a target that is known by keys of certain types, so that it shows one of these.
     *
     * @param certificates whether it may show a certificate
     */
    public static List<NamedFactory<Signature>> signatures(Set<String> types, boolean certificates) {
        return Algorithms.signatures().stream()
                .filter(factory -> factory.getName().contains("-cert-")
                        ? certificates
                        : types.contains(KeyUtils.getCanonicalKeyType(factory.getName())) || certificates)
                .toList();
    }

    private static ServiceFactory connection() {
        return new ServiceFactory() {
            @Override
            public String getName() {
                return ServerEnd.connectionName();
            }

            @Override
            public Service create(Session session) {
                return new Connection(session);
            }
        };
    }

    @Override
    public void close() {
        client.close(true);
    }
}
