package io.sallyport.config;

import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.api.action.Vocabulary;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.api.config.TextPattern;
import io.sallyport.config.binding.BindingWords;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Who makes patterns of their spelling. Both throw {@link IllegalArgumentException} for what is no pattern.
 *
 * @param resources makes resource patterns, given the kinds of resource that can be meant
 * @param texts makes text patterns
 */
public record PatternFactories(
        BiFunction<String, Collection<ResourceKind>, ? extends ResourcePattern> resources,
        Function<String, ? extends TextPattern> texts) {

    /** The words and patterns of these vocabularies together. */
    BindingWords words(Collection<Vocabulary> vocabularies) {
        Set<Verb> verbs = new HashSet<>();
        Set<Trait> traits = new HashSet<>();
        Set<ResourceKind> kinds = new LinkedHashSet<>();
        for (Vocabulary vocabulary : vocabularies) {
            verbs.addAll(vocabulary.verbs());
            traits.addAll(vocabulary.traits());
            kinds.addAll(vocabulary.kinds());
        }
        return new BindingWords(verbs, traits, text -> resources.apply(text, kinds), texts::apply);
    }
}
