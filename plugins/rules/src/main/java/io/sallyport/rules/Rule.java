package io.sallyport.rules;

import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.api.config.TextPattern;
import io.sallyport.api.guardrail.RuleOutline;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a guardrail bites on.
 *
 * <ol>
 *   <li>A rule matches an action if all its conditions hold; in a list of words or patterns one is enough.
 *   <li>Verbs, resources and traits must hold for one and the same access.
 *   <li>Resources match everything that they may touch: a rule on a table matches its columns, its schema, and a name that is
 *       not resolved.
 *   <li>A command matches by its name without a path, behind wrappers such as {@code sudo} or {@code sh -c}, and also where its
 *       name is only known when it runs. All flags must be there, in any spelling.
 * </ol>
 *
 * @param name what refusals call the rule; its number if it is absent
 * @param verbs the verbs, any if empty
 * @param resources the resources, any if empty
 * @param traits the traits, none needed if empty
 * @param text what must occur in the action's text
 * @param command the program that must run
 * @param flags the flags that it must have
 * @param opaque whether the action must be opaque
 * @param reason what its reader is told
 */
@Description("A rule: it matches an action for which all conditions hold.")
public record Rule(
        @Description("What refusals call the rule. Its number if absent.") @Nullable
        String name,

        @Description("What is done: one of these verbs.") @Default("[]")
        List<Verb> verbs,

        @Description("What it is done to: something that one of these patterns touches.") @Default("[]")
        List<ResourcePattern> resources,

        @Description("How it is done: one of these traits.") @Default("[]")
        List<Trait> traits,

        @Description("What occurs in the text, as a pattern in RE2 syntax.") @Nullable
        TextPattern text,

        @Description("The program that runs, by its name without a path.") @Nullable
        String command,

        @Description("Flags that the program has, all of them, in any spelling.") @Default("[]")
        List<String> flags,

        @Description("Whether only actions match that cannot be read in full.") @Default("false")
        boolean opaque,

        @Description("What the reader of the refusal is told.") @Nullable
        String reason) {

    /** Checks and copies. */
    public Rule {
        verbs = List.copyOf(verbs);
        resources = List.copyOf(resources);
        traits = List.copyOf(traits);
        flags = List.copyOf(flags);
        if (verbs.isEmpty() && resources.isEmpty() && traits.isEmpty() && text == null && command == null && !opaque) {
            throw new IllegalArgumentException(
                    "a rule needs a condition: verbs, resources, traits, text, command or opaque");
        }
        if (command == null && !flags.isEmpty()) {
            throw new IllegalArgumentException("'flags' are those of a 'command'");
        }
        if (command != null && (command.isEmpty() || command.indexOf('/') >= 0 || command.indexOf(' ') >= 0)) {
            throw new IllegalArgumentException("'command' is a program's name, without path and arguments");
        }
    }

    /** What it bites on, but for what only the action itself can tell. */
    RuleOutline outline() {
        boolean narrowed = !traits.isEmpty() || text != null || command != null;
        return new RuleOutline(Set.copyOf(verbs), resources, opaque, narrowed);
    }

    /** Whether a condition speaks of accesses. */
    boolean readsAccesses() {
        return !verbs.isEmpty() || !resources.isEmpty() || !traits.isEmpty();
    }
}
