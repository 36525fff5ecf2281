package io.sallyport.config;

import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.api.config.HostPort;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code admin:}.
 *
 * @param listen where the admin API listens
 * @param tls its certificate; only a loopback address can do without
 * @param audience the audience of tokens for it
 * @param operators who may use it
 */
@Description("The admin API and the console.")
public record AdminSection(
        @Description("Where the admin API listens.") @Default("127.0.0.1:18443")
        HostPort listen,

        @Description("Its certificate and key; only a loopback address can do without.") @Nullable
        TlsFiles tls,

        @Description("The audience of tokens for it; such tokens open no session on a target.")
        @Default("sallyport-admin")
        String audience,

        @Description("Who may use it.") @Default("[]") List<Operator> operators) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

    /** Copies the list; bearer tokens travel without TLS over the loopback interface only. */
    public AdminSection {
        operators = List.copyOf(operators);
        if (tls == null && !LOOPBACK.contains(listen.host())) {
            throw new IllegalArgumentException("listening on " + listen + " needs tls");
        }
    }

    /**
     * Principals with a role.
     *
     * @param issuer the issuer's name
     * @param groups any of these is enough
     * @param role what they may do
     */
    @Description("Principals with a role.")
    public record Operator(
            @Description("The issuer's name.") String issuer,

            @Description("Groups, of which any one is enough.")
            Set<String> groups,

            @Description("What they may do.") Role role) {

        /** Copies the groups. */
        public Operator {
            groups = Set.copyOf(groups);
            if (groups.isEmpty()) {
                throw new IllegalArgumentException("an operator entry needs a group");
            }
        }
    }

    /** What an operator may do. */
    public enum Role {
        /** Read sessions and the journal. */
        AUDITOR,
        /** Decide approvals that name one of their groups. */
        APPROVER,
        /** Everything, except deciding approvals that do not name one of their groups. */
        ADMIN
    }
}
