package io.sallyport.denylist;

import io.sallyport.api.config.Description;
import io.sallyport.rules.Rule;
import java.util.List;

/**
 * What a deny list denies.
 *
 * @param rules an action that one of these matches is denied
 */
@Description("Denies actions, whatever else allows them.")
public record DenyListConfig(
        @Description("What is denied: whatever one of these rules matches.")
        List<Rule> rules) {

    /** Checks and copies. */
    public DenyListConfig {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("a deny list without rules denies nothing; leave the guardrail out");
        }
    }
}
