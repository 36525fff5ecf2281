package io.sallyport.grant;

import io.sallyport.api.principal.Principal;
import io.sallyport.approval.access.Standing;
import io.sallyport.decision.Policy;
import io.sallyport.target.Target;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All grants, in the configuration's order. Immutable: a reload makes a new one.
 *
 * <p>The first grant that matches decides; a later one never widens it.
 */
public final class Grants {

    private static final int MOST_REASONS = 20;

    private final List<Grant> grants;

    /** Takes the grants in order. */
    public Grants(List<Grant> grants) {
        this.grants = List.copyOf(grants);
    }

    /** All of them, in order. */
    public List<Grant> all() {
        return grants;
    }

    /**
     * What is asked for.
     *
     * @param principal who asks
     * @param target the target's name
     * @param ownAccount the target's own account
     * @param account the account asked for, null for the target's own
     * @param ownDatabase the target's own database, null if it has none
     * @param database the database asked for, null for the target's own
     * @param client where the client is
     */
    public record Request(
            Principal principal,
            String target,
            String ownAccount,
            @Nullable String account,
            @Nullable String ownDatabase,
            @Nullable String database,
            InetAddress client) {

        /**
         * What a principal asks of a target.
         *
         * @param account the account asked for, null for the target's own
         * @param database the database asked for, null for the target's own
         */
        public static Request of(
                Principal principal,
                Target target,
                @Nullable String account,
                @Nullable String database,
                InetAddress client) {
            Target.Endpoint endpoint = target.endpoint();
            return new Request(
                    principal, target.name(), endpoint.account(), account, endpoint.database(), database, client);
        }
    }

    /** The answer to a request. */
    public sealed interface Answer {

        /**
         * A grant covers the request.
         *
         * @param grant the grant
         * @param policy what decides on the target
         * @param account the account to use
         * @param database the database to use
         * @param until when the grant's window or life ends, null for never
         * @param access the approved access that brings it into force, null if it needs none
         */
        record Granted(
                Grant grant,
                Policy policy,
                String account,
                @Nullable String database,
                @Nullable Instant until,
                @Nullable Standing access)
                implements Answer {}

        /**
         * No grant covers it.
         *
         * @param reason why, for operators only
         * @param asking the first grant that would cover it if access were approved, null if there is none
         */
        record None(String reason, @Nullable Grant asking) implements Answer {}
    }

    /** Which access is approved. */
    @FunctionalInterface
    public interface Approved {

        /** Nothing is. */
        Approved NOTHING = (grant, principal) -> null;

        /** The access that is in force for a principal under a grant, null if none is. Never blocks. */
        @Nullable
        Standing standing(String grant, Principal principal);
    }

    /** The grant of that name, null if there is none. */
    public @Nullable Grant named(String name) {
        return grants.stream()
                .filter(grant -> grant.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Finds the grant that covers a request now, where no access is approved. */
    public Answer find(Request request, Instant now) {
        return find(request, now, (grant, obstacle) -> {});
    }

    /**
     * Finds the grant that covers a request now, where no access is approved.
     *
     * @param passedOver hears each grant for the target that does not hold, with the obstacle, in order
     */
    public Answer find(Request request, Instant now, BiConsumer<Grant, String> passedOver) {
        return find(request, now, Approved.NOTHING, passedOver);
    }

    /**
     * Finds the grant that covers a request now.
     *
     * @param approved the access that is approved
     * @param passedOver hears each grant for the target that does not hold, with the obstacle, in order
     */
    public Answer find(Request request, Instant now, Approved approved, BiConsumer<Grant, String> passedOver) {
        Grant asking = null;
        List<String> reasons = new ArrayList<>();
        for (Grant grant : grants) {
            Policy policy = grant.policies().get(request.target());
            if (policy != null) {
                String difference = grant.who().difference(request.principal());
                String obstacle = difference == null ? obstacle(grant, request, now) : difference;
                Standing access = null;
                if (obstacle == null && grant.conditions().onRequest()) {
                    access = approved.standing(grant.name(), request.principal());
                    obstacle = access == null ? "access must be requested and approved first" : null;
                    asking = access == null && asking == null ? grant : asking;
                }
                if (obstacle == null) {
                    return granted(new Chosen(grant, policy, access), request, now);
                }
                passedOver.accept(grant, obstacle);
                reasons.add("grant " + grant.name() + ": " + obstacle);
            }
        }
        return new Answer.None(reasons.isEmpty() ? "no grant names this target" : shown(reasons), asking);
    }

    private record Chosen(
            Grant grant, Policy policy, @Nullable Standing access) {}

    private static String shown(List<String> reasons) {
        String first = String.join("; ", reasons.subList(0, Math.min(MOST_REASONS, reasons.size())));
        return reasons.size() > MOST_REASONS
                ? first + "; and " + (reasons.size() - MOST_REASONS) + " more grants for this target do not fit"
                : first;
    }

    /**
     * Whether the grant of that name covers a request now, whatever grants stand before it.
     *
     * @param approved the access that is approved
     */
    public Answer standing(String name, Request request, Instant now, Approved approved) {
        Grant grant = named(name);
        return grant == null
                ? new Answer.None("there is no grant " + name, null)
                : new Grants(List.of(grant)).find(request, now, approved, (passed, obstacle) -> {});
    }

    private static Answer granted(Chosen chosen, Request request, Instant now) {
        Grant grant = chosen.grant();
        Window window = grant.conditions().window();
        Instant closes = window == null ? null : window.closes(now);
        String account = request.account();
        String database = request.database();
        return new Answer.Granted(
                grant,
                chosen.policy(),
                account == null ? request.ownAccount() : account,
                database == null ? request.ownDatabase() : database,
                earlier(closes, grant.conditions().expires()),
                chosen.access());
    }

    private static @Nullable String obstacle(Grant grant, Request request, Instant now) {
        Grant.Conditions conditions = grant.conditions();
        if (!allowed(request.account(), request.ownAccount(), grant.accounts())) {
            return "account " + request.account() + " is not listed";
        }
        if (!allowed(request.database(), request.ownDatabase(), grant.databases())) {
            return "database " + request.database() + " is not listed";
        }
        if (conditions.expires() != null && !now.isBefore(conditions.expires())) {
            return "expired at " + conditions.expires();
        }
        if (conditions.window() != null && conditions.window().closes(now) == null) {
            return "outside of its window";
        }
        if (!conditions.networks().isEmpty()
                && conditions.networks().stream().noneMatch(network -> network.contains(request.client()))) {
            return "client " + request.client().getHostAddress() + " is in none of its networks";
        }
        return null;
    }

    private static boolean allowed(@Nullable String asked, @Nullable String own, Set<String> listed) {
        return asked == null || asked.equals(own) || listed.contains(asked);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
