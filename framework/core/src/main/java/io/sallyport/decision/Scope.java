package io.sallyport.decision;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Verb;
import io.sallyport.api.config.ResourcePattern;
import java.util.ArrayList;
import java.util.HashMap;
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

    private final List<Entry> entries;
    private final Map<Verb, Patterns> byVerb = new HashMap<>();
    private final Patterns anyVerb = new Patterns();

    /**
     * One entry.
     *
     * @param verbs the verbs that it allows, {@link #ANY_VERB} for all
     * @param resources what it covers
     * @param except what it leaves out all the same
     * @param origin where it comes from, for who asks why something is allowed; no part of what it allows
     */
    public record Entry(
            Set<String> verbs, List<ResourcePattern> resources, List<ResourcePattern> except, String origin) {

        /** Copies the collections. */
        public Entry {
            verbs = Set.copyOf(verbs);
            resources = List.copyOf(resources);
            except = List.copyOf(except);
        }

        /** An entry that nobody asks about. */
        public Entry(Set<String> verbs, List<ResourcePattern> resources, List<ResourcePattern> except) {
            this(verbs, resources, except, "");
        }
    }

    /** Lays out the entries. */
    public Scope(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        for (Entry entry : entries) {
            for (String verb : entry.verbs()) {
                Patterns patterns = verb.equals(ANY_VERB)
                        ? anyVerb
                        : byVerb.computeIfAbsent(new Verb(verb), unused -> new Patterns());
                entry.resources().forEach(pattern -> patterns.add(pattern, entry));
            }
        }
    }

    /** The entries as they were given. */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * The first access that no entry covers, or null if all are covered.
     *
     * @param opaqueAllowed whether actions whose accesses may be incomplete can pass
     */
    public @Nullable Access firstUncovered(List<Access> accesses, boolean opaqueAllowed) {
        for (int i = 0; i < accesses.size(); i++) {
            Access access = accesses.get(i);
            if (covering(access, opaqueAllowed) == null) {
                return access;
            }
        }
        return null;
    }

    /**
     * An entry that covers an access, or null if none does.
     *
     * @param opaqueAllowed whether actions whose accesses may be incomplete can pass
     */
    public @Nullable Entry covering(Access access, boolean opaqueAllowed) {
        Resource resource = access.resource();
        if (!resource.resolved() && !opaqueAllowed) {
            return null;
        }
        Patterns patterns = byVerb.get(access.verb());
        Entry entry = patterns == null ? null : patterns.covering(resource);
        return entry == null ? anyVerb.covering(resource) : entry;
    }

    /** The patterns of one verb: those without globs in a hash table, the others in a list. */
    private static final class Patterns {

        private final Map<Exact, Entry> exact = new HashMap<>();
        private final List<Guarded> others = new ArrayList<>();

        void add(ResourcePattern pattern, Entry entry) {
            if (entry.except().isEmpty() && pattern instanceof ResourceGlob glob && addExact(glob, entry)) {
                return;
            }
            others.add(new Guarded(pattern, entry));
        }

        private boolean addExact(ResourceGlob glob, Entry entry) {
            List<Exact> forms = new ArrayList<>();
            for (ResourceGlob.Form form : glob.forms()) {
                List<String> segments = form.exact();
                if (segments == null) {
                    return false;
                }
                forms.add(new Exact(form.kind(), segments));
            }
            forms.forEach(form -> exact.putIfAbsent(form, entry));
            return !forms.isEmpty();
        }

        @Nullable
        Entry covering(Resource resource) {
            if (!resource.resolved()) {
                return coveringUnknown(resource);
            }
            Entry entry = coveringExactly(resource);
            return entry == null ? coveringByPattern(resource) : entry;
        }

        private @Nullable Entry coveringExactly(Resource resource) {
            if (exact.isEmpty()) {
                return null;
            }
            List<String> segments = resource.segments();
            int shortest = resource.kind().nested() ? 1 : segments.size();
            for (int length = segments.size(); length >= shortest; length--) {
                Entry entry = exact.get(new Exact(resource.kind(), segments.subList(0, length)));
                if (entry != null) {
                    return entry;
                }
            }
            return null;
        }

        private @Nullable Entry coveringUnknown(Resource resource) {
            for (int i = 0; i < others.size(); i++) {
                Guarded guarded = others.get(i);
                if (guarded.pattern() instanceof ResourceGlob glob
                        && glob.isEverything(resource.kind())
                        && !guarded.exempts(resource)) {
                    return guarded.entry();
                }
            }
            return null;
        }

        private @Nullable Entry coveringByPattern(Resource resource) {
            for (int i = 0; i < others.size(); i++) {
                if (others.get(i).covers(resource)) {
                    return others.get(i).entry();
                }
            }
            return null;
        }
    }

    private record Exact(ResourceKind kind, List<String> segments) {}

    private record Guarded(ResourcePattern pattern, Entry entry) {

        boolean covers(Resource resource) {
            return pattern.covers(resource) && !exempts(resource);
        }

        boolean exempts(Resource resource) {
            List<ResourcePattern> except = entry.except();
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
