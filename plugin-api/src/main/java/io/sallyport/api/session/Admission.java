package io.sallyport.api.session;

import io.sallyport.api.principal.Evidence;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a connector knows of a client that wants a session.
 *
 * @param evidence who the client says it is
 * @param target the target's name as the client spelled it
 * @param account the account that the client asks for; null for the target's own
 * @param database the database that the client asks for; null for the target's own
 * @param client where the client connects from
 * @param details what else is worth recording, such as {@code application_name}
 */
public record Admission(
        Evidence evidence,
        String target,
        @Nullable String account,
        @Nullable String database,
        InetSocketAddress client,
        Map<String, String> details) {

    /** Copies the details. */
    public Admission {
        details = Map.copyOf(details);
    }
}
