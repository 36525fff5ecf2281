package io.sallyport.postgres.statement;

import io.sallyport.api.action.Analysis;
import io.sallyport.postgres.sql.StatementAnalysis;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement as it was read.
 *
 * @param text the text as it was sent
 * @param analysis what the core judges
 * @param effects what the relay must follow
 * @param copy what COPY … TO STDOUT sends; null if the text is no such COPY or its rows cannot be followed
 * @param details what was read of each statement in it; null if there is no more to know
 */
public record Reading(
        String text,
        Analysis analysis,
        Set<Effect> effects,
        @Nullable CopySource copy,
        @Nullable StatementAnalysis details) {

    /** Copies the effects. */
    public Reading {
        effects = Set.copyOf(effects);
    }

    /** Whether the statement may do this. */
    public boolean may(Effect effect) {
        return effects.contains(effect);
    }

    /** Whether a newer snapshot of the catalog could say more. */
    public boolean namesUnknown() {
        return details != null && details.unknownNames();
    }

    /**
     * Whether the values of bare operands could be others without anything else being different: it is exact, shows its text
     * as it is, and changes nothing that the relay follows.
     */
    boolean holdsForOtherValues() {
        return details != null
                && details.parts().size() == 1
                && effects.isEmpty()
                && copy == null
                && !analysis.opaque()
                && analysis.text().equals(text);
    }

    /** The reading of a text with the same skeleton. */
    Reading withText(String other) {
        StatementAnalysis known = details;
        if (known == null) {
            throw new IllegalStateException("a reading that holds for no other text");
        }
        Analysis same = Analysis.exact(other, analysis.accesses());
        return new Reading(other, same, effects, null, known.withText(other, same));
    }

    /** Whether it depends on what the session has prepared, so that it means nothing in another one. */
    public boolean dependsOnSession() {
        return details != null && details.dependsOnSession();
    }
}
