package io.sallyport.api.action;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The closed set of words with which a connector describes actions. A grant or rule with a word that no connector
 * declares stops the start, so that a typing error cannot fail open.
 *
 * @param verbs every verb that an access of this connector may have
 * @param traits every trait that an access of this connector may have
 * @param kinds every kind of resource, the one without a prefix first
 * @param baselines what ordinary clients do by themselves, by the name that a grant uses in {@code baseline:}
 */
public record Vocabulary(
        Set<Verb> verbs, Set<Trait> traits, List<ResourceKind> kinds, Map<String, Baseline> baselines) {

    /** Copies the collections. */
    public Vocabulary {
        verbs = Set.copyOf(verbs);
        traits = Set.copyOf(traits);
        kinds = List.copyOf(kinds);
        baselines = Map.copyOf(baselines);
    }

    /**
     * Scope entries that every grant of the connector has unless it says {@code baseline: none}. The first baseline by
     * name {@code clients} is the default.
     *
     * @param entries what is allowed
     * @param except patterns that the entries do not cover, in the spelling of the configuration
     */
    public record Baseline(List<Entry> entries, List<String> except) {

        /** Copies the lists. */
        public Baseline {
            entries = List.copyOf(entries);
            except = List.copyOf(except);
        }
    }

    /**
     * One entry of a baseline.
     *
     * @param verbs the verbs that it allows
     * @param resources the patterns that it covers, in the spelling of the configuration
     */
    public record Entry(Set<Verb> verbs, List<String> resources) {

        /** Copies the collections. */
        public Entry {
            verbs = Set.copyOf(verbs);
            resources = List.copyOf(resources);
        }
    }
}
