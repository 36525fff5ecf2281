package io.sallyport.holding;

import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.rules.Rule;
import java.time.Duration;
import java.util.List;

/**
 * What people are asked about, and who.
 *
 * @param rules an action that one of these matches is held
 * @param approvers who may decide
 * @param timeout how long an action waits before it is denied
 * @param carry how long an approval whose client left may be used once for the same action
 */
@Description("Holds actions until people approve them.")
public record ApprovalConfig(
        @Description("What is held: whatever one of these rules matches.")
        List<Rule> rules,

        @Description("Who may decide.") Approving approvers,

        @Description("How long an action waits before it is denied.") @Default("15m")
        Duration timeout,

        @Description(
                "How long an approval whose client left may be used once by the same principal for the same action.")
        @Default("0s")
        Duration carry) {

    /** Checks and copies. */
    public ApprovalConfig {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("without rules nothing is held; leave the guardrail out");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("'timeout' is longer than nothing");
        }
    }

    /**
     * Who may decide.
     *
     * @param issuer the issuer whose groups are meant
     * @param groups any of these groups is enough
     * @param required how many distinct people must approve
     */
    @Description("Who may decide a held action. The requester never may.")
    public record Approving(
            @Description("The issuer whose groups are meant.")
            String issuer,

            @Description("The groups; a member of any one may approve.")
            List<String> groups,

            @Description("How many distinct people must approve.") @Default("1")
            int required) {

        /** Checks and copies. */
        public Approving {
            groups = List.copyOf(groups);
            if (groups.isEmpty()) {
                throw new IllegalArgumentException("'groups' names at least one group");
            }
            if (required < 1) {
                throw new IllegalArgumentException("'required' is at least 1");
            }
        }
    }
}
