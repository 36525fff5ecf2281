package io.sallyport.session;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.decision.Judgement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one session remembers of the texts that it saw last: the judgement, and the fields of the record that are the same
 * every time. The policy of a session never changes, so nothing here grows stale.
 */
final class VerdictMemo {

    private static final int ENTRIES = 128;
    private static final int LONGEST_REMEMBERED = 64 * 1024;

    private final ActionRecord records;
    private final Map<Analysis, Entry> entries = new LinkedHashMap<>(ENTRIES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Analysis, Entry> eldest) {
            return size() > ENTRIES;
        }
    };

    private @Nullable Analysis latest;
    private @Nullable Entry latestEntry;

    VerdictMemo(ActionRecord records) {
        this.records = records;
    }

    private static final class Entry {
        private @Nullable Judgement judgement;
        private byte @Nullable [] fixed;
        private Verdict.@Nullable Allow allow;
    }

    @Nullable
    Judgement judgement(Analysis analysis) {
        Entry entry = entry(analysis);
        return entry == null ? null : entry.judgement;
    }

    void remember(Analysis analysis, Judgement judgement) {
        if (analysis.utf8().length <= LONGEST_REMEMBERED) {
            Entry entry = new Entry();
            entry.judgement = judgement;
            entries.put(analysis, entry);
            latest = analysis;
            latestEntry = entry;
        }
    }

    /** The fields of the record that do not depend on values. */
    byte[] fixedFields(Action action) {
        Entry entry = entry(action.analysis());
        if (entry == null) {
            return records.fixedFields(action);
        }
        byte[] fixed = entry.fixed;
        if (fixed == null) {
            fixed = records.fixedFields(action);
            entry.fixed = fixed;
        }
        return fixed;
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
    private @Nullable Entry entry(Analysis analysis) {
        if (analysis != latest) {
            latest = analysis;
            latestEntry = entries.get(analysis);
        }
        return latestEntry;
    }
}
