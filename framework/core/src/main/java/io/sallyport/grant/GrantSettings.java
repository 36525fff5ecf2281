package io.sallyport.grant;

import io.sallyport.api.Recording;
import io.sallyport.api.action.Verb;
import io.sallyport.api.config.ByteSize;
import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.api.guardrail.Approvers;
import io.sallyport.approval.access.AccessTerms;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code grants:} as the configuration spells it.
 *
 * @param name the grant's name, which refusals and the record show
 * @param who whom the grant admits
 * @param targets the targets that it opens, by name
 * @param labels opens the targets that have all of these labels too; opens none by labels if empty
 * @param databases the databases beside the target's own
 * @param accounts the accounts beside the target's own
 * @param baseline the name of the connector's baseline, or {@code none}
 * @param scope what is allowed
 * @param guardrails the guardrails that judge what the scope allows, by name
 * @param record how much is recorded
 * @param session the limits of each session
 * @param window the times at which the grant is good; at all times if null
 * @param networks the client networks from which it is good; from everywhere if empty
 * @param opaque what happens to an action whose accesses may be incomplete
 * @param unmaskable what happens to an answer that cannot be masked
 * @param uncovered what happens to actions of a kind that no guardrail of the grant understands; the start is refused if
 *     there are such kinds and this is null
 * @param expires the last day on which the grant is good, in UTC; for ever if null
 * @param access how the grant comes into force; it is always in force if null
 */
@Description("Who may do what on which targets.")
public record GrantSettings(
        @Description("The name that refusals and the record show.")
        String name,

        @Description("Whom the grant admits.") WhoSettings who,

        @Description("The targets that the grant opens, by name.") @Default("[]")
        List<String> targets,

        @Description("Opens every target that has all of these labels.") @Default("{}")
        Map<String, String> labels,

        @Description("The databases that may be asked for beside the target's own.") @Default("[]")
        List<String> databases,

        @Description("The accounts that may be asked for beside the target's own.") @Default("[]")
        List<String> accounts,

        @Description("What ordinary clients send by themselves and need no scope for: a baseline of the connector,"
                + " or `none`.")
        @Default("clients")
        String baseline,

        @Description("What is allowed: an action passes if every access is covered.")
        List<ScopeEntry> scope,

        @Description("The guardrails that judge what the scope allows, by name; their order does not matter.")
        @Default("[]")
        List<String> guardrails,

        @Description("How much is recorded.") @Default("{}") RecordSettings record,

        @Description("The limits of each session.") @Default("{}")
        SessionSettings session,

        @Description("The times at which the grant is good; at all times without it.") @Nullable
        WindowSettings window,

        @Description(
                "The client networks from which the grant is good, such as `10.0.0.0/8`; from everywhere if empty.")
        @Default("[]")
        List<Network> networks,

        @Description(
                "What happens to an action that could not be read whole. With `allow`, `**` also covers names that stand for nothing yet.")
        @Default("deny")
        Choice opaque,

        @Description("What happens to an answer that cannot be masked.") @Default("deny")
        Choice unmaskable,

        @Description("What happens to actions of a kind that no guardrail of the grant understands; the start is"
                + " refused if there are such kinds and this key is absent.")
        @Nullable
        Choice uncovered,

        @Description("The last day on which the grant is good, in UTC, such as `2027-06-30`.") @Nullable
        LocalDate expires,

        @Description("How the grant comes into force; it is always in force without it.") @Nullable
        AccessSettings access) {

    /** Copies the collections and checks that something is granted. */
    public GrantSettings {
        targets = List.copyOf(targets);
        labels = Map.copyOf(labels);
        databases = List.copyOf(databases);
        accounts = List.copyOf(accounts);
        scope = List.copyOf(scope);
        guardrails = List.copyOf(guardrails);
        networks = List.copyOf(networks);
        if (targets.isEmpty() && labels.isEmpty()) {
            throw new IllegalArgumentException("a grant opens something: give it targets or labels");
        }
    }

    /** The same grant for these targets. */
    public GrantSettings withTargets(List<String> others) {
        return new GrantSettings(
                name,
                who,
                others,
                labels,
                databases,
                accounts,
                baseline,
                scope,
                guardrails,
                record,
                session,
                window,
                networks,
                opaque,
                unmaskable,
                uncovered,
                expires,
                access);
    }

    /** Allow or deny. */
    public enum Choice {
        /** It may pass. */
        ALLOW,
        /** It is refused. */
        DENY
    }

    /**
     * Whom a grant admits: a principal of the issuer that meets every condition given.
     *
     * @param issuer the issuer's name
     * @param groups any of these is enough
     * @param claims all of these must be equal
     * @param subjects any of these is enough
     * @param everyone that every principal of the issuer is meant
     */
    @Description("A principal of the issuer that meets every condition given.")
    public record WhoSettings(
            @Description("The issuer's name.") String issuer,

            @Description("Groups, of which any one is enough.") @Nullable
            Set<String> groups,

            @Description("Claims, all of which must be equal; compared as text.") @Nullable
            Map<String, String> claims,

            @Description("Subjects (`sub`), of which any one is enough.") @Nullable
            Set<String> subjects,

            @Description("Whether every principal of the issuer is meant.") @Default("false")
            boolean everyone) {

        /** An issuer alone, or an empty condition, is not enough: it would admit more than its reader sees. */
        public WhoSettings {
            boolean empty = (groups != null && groups.isEmpty())
                    || (claims != null && claims.isEmpty())
                    || (subjects != null && subjects.isEmpty());
            if (empty) {
                throw new IllegalArgumentException("an empty condition admits everyone; leave it out or fill it");
            }
            boolean conditions = groups != null || claims != null || subjects != null;
            if (conditions == everyone) {
                throw new IllegalArgumentException(
                        "give groups, claims or subjects; only `everyone: true` admits everyone that the issuer knows");
            }
        }

        /** The same, without the spelling. */
        public Who toWho() {
            return new Who(
                    issuer,
                    subjects == null ? Set.of() : subjects,
                    groups == null ? Set.of() : groups,
                    claims == null ? Map.of() : claims);
        }
    }

    /**
     * One entry of a scope.
     *
     * @param verbs the verbs that it allows
     * @param resources the patterns on which it allows them
     */
    @Description("Verbs that are allowed on resources.")
    public record ScopeEntry(
            @Description("The verbs that are allowed; `*` for every verb.")
            Set<Verb> verbs,

            @Description("The resources on which they are allowed.")
            List<ResourcePattern> resources) {

        /** Copies the collections. */
        public ScopeEntry {
            verbs = Set.copyOf(verbs);
            resources = List.copyOf(resources);
        }
    }

    /**
     * How much of a session is recorded.
     *
     * @param requests how much of what the client asks for
     * @param results how much of what the target answers; null for the connector's default
     * @param limit the largest number of result bytes kept for one action
     */
    @Description("How much of a session is recorded.")
    public record RecordSettings(
            @Description("How much of what the client asks for.") @Default("full")
            Recording.Level requests,

            @Description("How much of what the target answers, after masking; the connector's default without it.")
            Recording.@Nullable Level results,

            @Description("The most result bytes kept for one action; the rest is counted and hashed.") @Default("1MiB")
            ByteSize limit) {}

    /**
     * The limits of each session.
     *
     * @param max its longest life
     * @param idle how long nothing may happen; for ever if null
     * @param concurrent how many sessions one principal may have under the grant at one time; any number if null
     * @param tokenExpiry whether a session ends with its token
     * @param grace how long after its token's end a session may go on
     */
    @Description("The limits of each session.")
    public record SessionSettings(
            @Description("The longest life of a session.") @Default("8h")
            Duration max,

            @Description("How long nothing may happen; for ever without it.") @Nullable
            Duration idle,

            @Description("How many sessions one principal may have at one time; any number without it.") @Nullable
            Integer concurrent,

            @Description("Whether a session ends when its token expires.") @Default("end")
            TokenExpiry tokenExpiry,

            @Description("How long after the token's expiry a session may go on.") @Default("1m")
            Duration grace) {

        /** Checks the number. */
        public SessionSettings {
            if (concurrent != null && concurrent < 1) {
                throw new IllegalArgumentException("concurrent is at least 1");
            }
        }

        /** The same, without the spelling. */
        public Grant.SessionLimits toLimits() {
            return new Grant.SessionLimits(
                    max,
                    idle,
                    concurrent == null ? Integer.MAX_VALUE : concurrent,
                    tokenExpiry == TokenExpiry.END,
                    grace);
        }
    }

    /** What a token's expiry means for the sessions that it opened. */
    public enum TokenExpiry {
        /** They end. */
        END,
        /** They go on. */
        IGNORE
    }

    /**
     * How a grant comes into force.
     *
     * @param by what brings it into force
     * @param approvers who decides, or may end what nobody decided
     * @param longest the longest time for which it may be asked
     * @param timeout how long a request waits for people
     * @param ticket whether a request must name a ticket
     */
    @Description("How a grant comes into force.")
    public record AccessSettings(
            @Description("What brings the grant into force: `request`, which people approve, or `break-glass`, which"
                    + " nobody has to approve and everybody hears of.")
            By by,

            @Description("Who decides, and how many of them; with `break-glass`, who may end it.") @Nullable
            Approvers approvers,

            @Description("The longest time for which access may be asked.")
            Duration longest,

            @Description("How long a request waits for people.") @Default("8h")
            Duration timeout,

            @Description("Whether a request must name a ticket.") @Default("false")
            boolean ticket) {

        private static final Duration LIMIT = Duration.ofDays(30);

        /** Checks who decides and for how long. */
        public AccessSettings {
            if (by == By.REQUEST && approvers == null) {
                throw new IllegalArgumentException("`by: request` needs approvers, who decide");
            }
            if (longest.compareTo(LIMIT) > 0 || timeout.compareTo(LIMIT) > 0) {
                throw new IllegalArgumentException("longest and timeout are at most 30 days");
            }
        }

        /**
         * The same, without the spelling.
         *
         * @param opens what the grant opens, a line each
         */
        public AccessTerms toTerms(List<String> opens) {
            return new AccessTerms(by == By.BREAK_GLASS, approvers, longest, timeout, ticket, opens);
        }

        /** What brings a grant into force. */
        public enum By {
            /** A request that people approve. */
            REQUEST,
            /** A request alone, with a loud record. */
            BREAK_GLASS
        }
    }
}
