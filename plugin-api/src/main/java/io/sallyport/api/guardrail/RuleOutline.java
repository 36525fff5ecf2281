package io.sallyport.api.guardrail;

import io.sallyport.api.action.Verb;
import io.sallyport.api.config.ResourcePattern;
import java.util.List;
import java.util.Set;

/**
 * What a rule of a guardrail bites on, for tools that look for rules that never decide. It decides nothing itself.
 *
 * @param verbs the verbs of which an action has one, any if empty
 * @param resources what one of its accesses touches, anything if empty
 * @param opaqueOnly whether only opaque actions match
 * @param narrowed whether the rule has further conditions, so that it matches less than the rest says
 */
public record RuleOutline(Set<Verb> verbs, List<ResourcePattern> resources, boolean opaqueOnly, boolean narrowed) {

    /** Copies the collections. */
    public RuleOutline {
        verbs = Set.copyOf(verbs);
        resources = List.copyOf(resources);
    }
}
