package io.sallyport.config.binding;

import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.api.config.TextPattern;
import java.util.Set;
import java.util.function.Function;

/**
 * The words and patterns that a configuration may use.
 *
 * @param verbs every verb that is declared
 * @param traits every trait that is declared
 * @param resources makes resource patterns; throws {@link IllegalArgumentException} for what is none
 * @param texts makes text patterns; throws {@link IllegalArgumentException} for what is none
 */
public record BindingWords(
        Set<Verb> verbs,
        Set<Trait> traits,
        Function<String, ResourcePattern> resources,
        Function<String, TextPattern> texts) {

    /** Copies the words. */
    public BindingWords {
        verbs = Set.copyOf(verbs);
        traits = Set.copyOf(traits);
    }
}
