package io.sallyport.policy;

import io.sallyport.api.principal.Principal;
import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody would ask for.
 *
 * @param principal who
 * @param target on which target
 * @param account with which account, null for the target's own
 * @param database on which database, null for the target's own
 * @param client from where
 * @param at when
 * @param approved whether access under grants that have to be asked for is taken as approved
 * @param text what: a statement, a command or a request as its connector reads it
 */
public record Asked(
        Principal principal,
        String target,
        @Nullable String account,
        @Nullable String database,
        InetAddress client,
        Instant at,
        boolean approved,
        String text) {}
