package io.sallyport.api.action;

import java.util.Set;

/**
 * One thing that an action would do to one resource.
 *
 * @param verb what is done
 * @param resource what it is done to
 * @param traits properties of the doing that rules may name
 */
public record Access(Verb verb, Resource resource, Set<Trait> traits) {

    /** Copies the traits. */
    public Access {
        traits = Set.copyOf(traits);
    }

    /** An access without traits. */
    public static Access of(Verb verb, Resource resource) {
        return new Access(verb, resource, Set.of());
    }

    @Override
    public String toString() {
        return traits.isEmpty() ? verb + " " + resource : verb + " " + resource + " " + traits;
    }
}
