package io.sallyport.ssh.login;

import io.sallyport.api.ConnectorContext;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import io.sallyport.ssh.transport.Connection;
import java.security.PublicKey;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/** What logins need of the connector. */
public interface Entrance {

    /** The core. */
    ConnectorContext context();

    /** The executor on which a client's session lives. */
    SessionExecutor executor(ServerSession client);

    /** The key that signs the certificates that are accepted; null if none are. */
    @Nullable
    PublicKey authority();

    /**
     * Takes a client over that is in.
     *
     * @return takes its messages, and hears what the core wants of its session
     */
    Guest welcome(Session session, Connection connection);

    /** A client that is in. */
    interface Guest extends Sessions.Listener {

        /** Takes its messages. */
        Connection.Receiver receiver();
    }
}
