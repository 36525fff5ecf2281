package io.sallyport.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A running protocol front: it owns its sockets, reads what clients ask for, submits it as actions, and carries out
 * verdicts. It takes no decision of its own.
 *
 * <ol>
 *   <li>{@link #start()} returns when the connector accepts connections, or throws.
 *   <li>No byte of an action reaches the target before the action's verdict allows it, and no success reaches the client
 *       before the outcome is recorded.
 *   <li>What the connector does not understand, it refuses.
 *   <li>{@link #drain} is called at most once, after a successful start.
 * </ol>
 */
@ConsumerType
public interface Connector {

    /**
     * Opens the listener.
     *
     * @throws IOException if it cannot; the message names the address that is taken or the file that cannot be read
     */
    void start() throws IOException;

    /** Where the connector listens, with the actual port; defined after {@link #start()}. */
    InetSocketAddress address();

    /**
     * What signs certificates with which clients log in at this connector; null if it accepts none. Called after {@link
     * #start()}.
     */
    default @Nullable CertificateAuthority certificates() {
        return null;
    }

    /**
     * Stops accepting, lets running actions end until the deadline, ends every session with the protocol's own
     * "shutting down" message, and frees all resources. Blocks until that is done.
     */
    void drain(Duration deadline);
}
