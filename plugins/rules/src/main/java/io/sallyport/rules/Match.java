package io.sallyport.rules;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import org.jspecify.annotations.Nullable;

/**
 * A rule that matched an action.
 *
 * @param rule the rule
 * @param number its place in the configuration, from 1
 * @param access the access that it matched; null if it speaks of none
 */
public record Match(Rule rule, int number, @Nullable Access access) {

    /** The rule as refusals show it: the guardrail's name, and the rule's own or its number. */
    public String label(String guardrail) {
        return guardrail + "/" + (rule.name() == null ? Integer.toString(number) : rule.name());
    }

    /** The rule's reason, or one that is made of what matched. */
    public String reason(Action action, String consequence) {
        if (rule.reason() != null) {
            return rule.reason();
        }
        if (access != null) {
            return access.verb() + " on " + access.resource() + " " + consequence;
        }
        if (rule.command() != null) {
            String flags = rule.flags().isEmpty() ? "" : " with the flags " + String.join(", ", rule.flags());
            return "running " + rule.command() + flags + ", or a program that cannot be told in advance, "
                    + consequence;
        }
        String because = action.analysis().opaqueBecause();
        return because == null
                ? "a text like this " + consequence
                : "what cannot be read in full " + consequence + ": " + because;
    }
}
