package io.sallyport.decision;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Verb;
import io.sallyport.api.config.ResourcePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a grant allows: verbs on resources, laid out so that a look-up costs the same for one entry and for ten thousand.
 *
 * <ol>
 *   <li>An access passes if an entry allows its verb and covers its resource, and no exception of the entry covers it.
 *   <li>An unresolved resource passes under no entry, unless actions that may be incomplete can pass: then it passes under
 *       an entry for everything of its kind, whatever it turns out to be.
 * </ol>
 */
public final class Scope {

    /** An entry with this verb allows every verb. */
    public static final String ANY_VERB = "*";

    private final Map<Verb, Patterns> byVerb = new HashMap<>();
    private final Patterns anyVerb = new Patterns();

    /**
     * One entry.
     *
     * @param verbs the verbs that it allows, {@link #ANY_VERB} for all
     * @param resources what it covers
     * @param except what it leaves out all the same
     */
    public record Entry(Set<String> verbs, List<ResourcePattern> resources, List<ResourcePattern> except) {}

    /** Lays out the entries. */
    public Scope(List<Entry> entries) {
        for (Entry entry : entries) {
            for (String verb : entry.verbs()) {
                Patterns patterns = verb.equals(ANY_VERB)
                        ? anyVerb
                        : byVerb.computeIfAbsent(new Verb(verb), unused -> new Patterns());
                entry.resources().forEach(pattern -> patterns.add(pattern, entry.except()));
            }
        }
    }

    /**
     * The first access that no entry covers, or null if all are covered.
     *
     * @param opaqueAllowed whether actions whose accesses may be incomplete can pass
     */
    public @Nullable Access firstUncovered(List<Access> accesses, boolean opaqueAllowed) {
        for (int i = 0; i < accesses.size(); i++) {
            Access access = accesses.get(i);
            boolean covered = access.resource().resolved() ? covers(access) : opaqueAllowed && coversUnknown(access);
            if (!covered) {
                return access;
            }
        }
        return null;
    }

    private boolean covers(Access access) {
        Patterns patterns = byVerb.get(access.verb());
        return (patterns != null && patterns.cover(access.resource())) || anyVerb.cover(access.resource());
    }

    private boolean coversUnknown(Access access) {
        Patterns patterns = byVerb.get(access.verb());
        return (patterns != null && patterns.coverUnknown(access.resource()))
                || anyVerb.coverUnknown(access.resource());
    }

    /** The patterns of one verb: those without globs in a hash set, the others in a list. */
    private static final class Patterns {

        private final Set<Exact> exact = new HashSet<>();
        private final List<Guarded> others = new ArrayList<>();

        void add(ResourcePattern pattern, List<ResourcePattern> except) {
            if (except.isEmpty() && pattern instanceof ResourceGlob glob && addExact(glob)) {
                return;
            }
            others.add(new Guarded(pattern, List.copyOf(except)));
        }

        private boolean addExact(ResourceGlob glob) {
            List<Exact> forms = new ArrayList<>();
            for (ResourceGlob.Form form : glob.forms()) {
                List<String> segments = form.exact();
                if (segments == null) {
                    return false;
                }
                forms.add(new Exact(form.kind(), segments));
            }
            return exact.addAll(forms) || !forms.isEmpty();
        }

        boolean cover(Resource resource) {
            return coverExactly(resource) || coverByPattern(resource);
        }

        private boolean coverExactly(Resource resource) {
            if (exact.isEmpty()) {
                return false;
            }
            List<String> segments = resource.segments();
            int shortest = resource.kind().nested() ? 1 : segments.size();
            for (int length = segments.size(); length >= shortest; length--) {
                if (exact.contains(new Exact(resource.kind(), segments.subList(0, length)))) {
                    return true;
                }
            }
            return false;
        }

        boolean coverUnknown(Resource resource) {
            for (int i = 0; i < others.size(); i++) {
                Guarded guarded = others.get(i);
                if (guarded.pattern() instanceof ResourceGlob glob
                        && glob.isEverything(resource.kind())
                        && !guarded.exempts(resource)) {
                    return true;
                }
            }
            return false;
        }

        private boolean coverByPattern(Resource resource) {
            for (int i = 0; i < others.size(); i++) {
                if (others.get(i).covers(resource)) {
                    return true;
                }
            }
            return false;
        }
    }

    private record Exact(ResourceKind kind, List<String> segments) {}

    private record Guarded(ResourcePattern pattern, List<ResourcePattern> except) {

        boolean covers(Resource resource) {
            return pattern.covers(resource) && !exempts(resource);
        }

        boolean exempts(Resource resource) {
            for (int i = 0; i < except.size(); i++) {
                ResourcePattern pattern = except.get(i);
                // Whoever reads a column has an access to that column: its relation alone does not reach it.
                if (resource.resolved() ? pattern.covers(resource) : pattern.touches(resource)) {
                    return true;
                }
            }
            return false;
        }
    }
}
