package io.sallyport.conformance.harness;

import io.sallyport.api.config.HostPort;
import io.sallyport.api.credential.Credential;
import java.util.List;
import java.util.Map;

/**
 * A target of the protocol that shows what reaches it. It may be a server of the harness's own or a real one behind a
 * {@link TcpTap}.
 *
 * <p>Its methods are called from the thread of the clauses; what arrives comes on others.
 */
public interface ScriptedTarget extends AutoCloseable {

    /** Where it listens. */
    HostPort address();

    /** The target's own keys, an instance of {@link io.sallyport.api.ConnectorFactory#targetType()}. */
    Record options();

    /** The account that it knows. */
    String account();

    /** The database that it has; null where the protocol has none. */
    default @org.jspecify.annotations.Nullable String database() {
        return null;
    }

    /** The secrets that it accepts for the account. */
    Map<Credential.Part, String> credential();

    /** The actions that have reached it, in order, as {@link Sample#arrives} spells them. */
    List<String> arrived();

    /** What has reached it that is neither part of a login nor an action. */
    default List<String> own() {
        return List.of();
    }

    /** Every byte that has reached it in readable form, logins too. */
    byte[] seen();

    /** How many connections are open to it. */
    int connections();

    /** Keeps its answers from now on, and reads nothing more once its buffers are full. */
    void pause();

    /** Gives its answers. */
    void resume();

    /** How many bytes it has been able to send so far. */
    long sent();

    /** Ends all its connections, as a server does whose process ends. */
    void drop();

    /** Whether logins are accepted from now on. */
    void accepting(boolean accepting);

    /** Stops. */
    @Override
    void close();
}
