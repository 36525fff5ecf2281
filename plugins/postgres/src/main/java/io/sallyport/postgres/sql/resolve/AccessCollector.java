package io.sallyport.postgres.sql.resolve;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accesses in the order in which they were first seen, each once, with all traits it was seen with. */
public final class AccessCollector {

    /** The value leaves as it is. */
    public static final int OUTPUT = 1;

    /** The value is computed with. */
    public static final int COMPUTED = 2;

    /** The value decides. */
    public static final int TESTED = 4;

    /** The value is stored or defined over. */
    public static final int STORED = 8;

    /** No condition on the target. */
    public static final int NO_WHERE = 16;

    /** One of several statements. */
    public static final int MULTI_STATEMENT = 32;

    /** Run by EXPLAIN ANALYZE. */
    public static final int EXPLAIN_ANALYZE = 64;

    /** Run from text that is not in the statement. */
    public static final int DYNAMIC = 128;

    /** Rows are locked. */
    public static final int LOCKING = 256;

    private static final List<Trait> TRAITS = List.of(
            Trait.OUTPUT,
            Trait.COMPUTED,
            Trait.TESTED,
            Trait.STORED,
            PostgresVocabulary.NO_WHERE,
            PostgresVocabulary.MULTI_STATEMENT,
            PostgresVocabulary.EXPLAIN_ANALYZE,
            PostgresVocabulary.DYNAMIC,
            PostgresVocabulary.LOCKING);
    private static final List<Set<Trait>> SETS = sets();
    private static final int SMALL = 12;

    private final List<Slot> slots = new ArrayList<>();
    private @Nullable Map<Slot, Slot> index;

    private static List<Set<Trait>> sets() {
        List<Set<Trait>> sets = new ArrayList<>();
        for (int mask = 0; mask < 1 << TRAITS.size(); mask++) {
            Set<Trait> traits = new LinkedHashSet<>();
            for (int bit = 0; bit < TRAITS.size(); bit++) {
                if ((mask & (1 << bit)) != 0) {
                    traits.add(TRAITS.get(bit));
                }
            }
            sets.add(Set.copyOf(traits));
        }
        return List.copyOf(sets);
    }

    private static final class Slot {
        private final Verb verb;
        private final Resource resource;
        private int traits;

        Slot(Verb verb, Resource resource, int traits) {
            this.verb = verb;
            this.resource = resource;
            this.traits = traits;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Slot that && verb.equals(that.verb) && resource.equals(that.resource);
        }

        @Override
        public int hashCode() {
            return verb.hashCode() * 31 + resource.hashCode();
        }
    }

    /** Adds an access; false if it was there already with these traits. */
    public boolean add(Verb verb, Resource resource, int traits) {
        Slot slot = new Slot(verb, resource, traits);
        Slot known = find(slot);
        if (known != null) {
            boolean more = (known.traits | traits) != known.traits;
            known.traits |= traits;
            return more;
        }
        slots.add(slot);
        if (index != null) {
            index.put(slot, slot);
        }
        return true;
    }

    private @Nullable Slot find(Slot slot) {
        if (index != null) {
            return index.get(slot);
        }
        for (Slot known : slots) {
            if (known.equals(slot)) {
                return known;
            }
        }
        if (slots.size() >= SMALL) {
            index = new HashMap<>();
            for (Slot known : slots) {
                index.put(known, known);
            }
        }
        return null;
    }

    /** How many accesses there are. */
    public int size() {
        return slots.size();
    }

    /** Adds traits to all accesses from an index on. */
    public void mark(int from, int traits) {
        for (int i = from; i < slots.size(); i++) {
            slots.get(i).traits |= traits;
        }
    }

    /** Adds an access that was worked out elsewhere. */
    public void addAll(List<Access> accesses) {
        for (Access access : accesses) {
            int traits = 0;
            for (Trait trait : access.traits()) {
                traits |= 1 << TRAITS.indexOf(trait);
            }
            add(access.verb(), access.resource(), traits);
        }
    }

    /** Whether an access from an index on has the verb. */
    public boolean hasVerb(int from, Verb verb) {
        for (int i = from; i < slots.size(); i++) {
            if (slots.get(i).verb.equals(verb)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a relation or column is not known. */
    public boolean hasUnresolved() {
        for (Slot slot : slots) {
            if (!slot.resource.resolved() && slot.resource.kind().equals(PostgresVocabulary.RELATION)) {
                return true;
            }
        }
        return false;
    }

    /** Notes each access to a relation with one verb, from an index on, under another verb as well. */
    public void alsoAs(int from, Verb verb, Verb other) {
        int end = slots.size();
        for (int i = from; i < end; i++) {
            Slot slot = slots.get(i);
            boolean relation = slot.resource.kind().equals(PostgresVocabulary.RELATION)
                    && slot.resource.segments().size() < 3;
            if (relation && slot.verb.equals(verb)) {
                add(other, slot.resource, 0);
            }
        }
    }

    /** The accesses, in order. */
    public List<Access> toList() {
        List<Access> accesses = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            accesses.add(new Access(slot.verb, slot.resource, SETS.get(slot.traits)));
        }
        return accesses;
    }
}
