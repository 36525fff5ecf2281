package io.sallyport.session;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.decision.Judgement;
import io.sallyport.decision.Policy;
import io.sallyport.journal.record.PayloadWriter;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one session remembers of the actions that it saw last: the judgement, and the fields of the record that are the same
 * every time. It belongs to one policy and is thrown away with it, so nothing here grows stale.
 *
 * <p>Where a guardrail reads texts, a judgement holds for one text. Where none does, it holds for everything that a connector
 * read as the very same list of accesses, so that texts which differ in literals alone are judged once.
 */
final class VerdictMemo {

    private static final int ENTRIES = 128;
    private static final int LONGEST_REMEMBERED = 64 * 1024;

    private final ActionRecord records;
    private final Set<ActionKind> remembered = EnumSet.noneOf(ActionKind.class);
    private final Set<ActionKind> byText = EnumSet.noneOf(ActionKind.class);
    private final Map<Object, Entry> entries = new LinkedHashMap<>(ENTRIES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Entry> eldest) {
            return size() > ENTRIES;
        }
    };

    private @Nullable Analysis latest;
    private @Nullable ActionKind latestKind;
    private @Nullable Entry latestEntry;

    VerdictMemo(ActionRecord records, Policy policy) {
        this.records = records;
        for (ActionKind kind : ActionKind.values()) {
            if (policy.cacheable(kind)) {
                remembered.add(kind);
            }
            if (policy.readsText(kind)) {
                byText.add(kind);
            }
        }
    }

    private static final class Entry {
        private final Judgement judgement;
        private @Nullable Analysis recorded;
        private byte[] text = {};
        private byte @Nullable [] accesses;
        private Verdict.@Nullable Allow allow;

        Entry(Judgement judgement) {
            this.judgement = judgement;
        }
    }

    /** The very list that a connector read, and what a refusal says of it; holding the list keeps its identity from being used again. */
    private record Read(
            ActionKind kind,
            List<Access> accesses,
            @Nullable String opaqueBecause) {

        @Override
        @SuppressWarnings("ReferenceEquality") // equal lists are found by their identity or judged again
        public boolean equals(@Nullable Object other) {
            return other instanceof Read that
                    && accesses == that.accesses
                    && kind == that.kind
                    && Objects.equals(opaqueBecause, that.opaqueBecause);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(accesses) * 31 + kind.hashCode();
        }
    }

    /** What was decided about such an action before; null if nothing was, or if it depends on more than what is remembered. */
    @Nullable
    Judgement judgement(Action action) {
        Entry entry = entry(action);
        return entry == null ? null : entry.judgement;
    }

    void remember(Action action, Judgement judgement) {
        if (remembered.contains(action.kind()) && action.analysis().utf8().length <= LONGEST_REMEMBERED) {
            Entry entry = new Entry(judgement);
            entries.put(key(action), entry);
            found(action, entry);
        }
    }

    /** Lays out the fields of the record that do not depend on values. */
    @SuppressWarnings("ReferenceEquality") // the same instance has the same text
    void fixedFields(PayloadWriter fields, Action action) {
        Entry entry = entry(action);
        if (entry == null) {
            fields.fields(records.textFields(action)).fields(records.accessFields(action));
            return;
        }
        if (entry.recorded != action.analysis()) {
            entry.recorded = action.analysis();
            entry.text = records.textFields(action);
        }
        byte[] accesses = entry.accesses;
        if (accesses == null) {
            accesses = records.accessFields(action);
            entry.accesses = accesses;
        }
        fields.fields(entry.text).fields(accesses);
    }

    /** The verdict that allows what passed. */
    Verdict.Allow allow(Judgement.Passed passed) {
        Masking masking = passed.masking();
        if (masking == null) {
            return Verdict.Allow.PLAIN;
        }
        Entry entry = latestEntry;
        if (entry == null || entry.judgement != passed) {
            return new Verdict.Allow(masking);
        }
        if (entry.allow == null) {
            entry.allow = new Verdict.Allow(masking);
        }
        return entry.allow;
    }

    /** Prepared statements run again and again: the entry used last is found without hashing. */
    @SuppressWarnings("ReferenceEquality")
    private @Nullable Entry entry(Action action) {
        if (action.analysis() != latest || action.kind() != latestKind) {
            found(action, remembered.contains(action.kind()) ? entries.get(key(action)) : null);
        }
        return latestEntry;
    }

    private void found(Action action, @Nullable Entry entry) {
        latest = action.analysis();
        latestKind = action.kind();
        latestEntry = entry;
    }

    private Object key(Action action) {
        Analysis analysis = action.analysis();
        return byText.contains(action.kind())
                ? analysis
                : new Read(action.kind(), analysis.accesses(), analysis.opaqueBecause());
    }
}
