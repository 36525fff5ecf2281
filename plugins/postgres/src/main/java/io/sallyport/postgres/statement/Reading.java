package io.sallyport.postgres.statement;

import io.sallyport.api.action.Analysis;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement as it was read.
 *
 * @param text the text as it was sent
 * @param analysis what the core judges
 * @param effects what the relay must follow
 * @param copySource the query whose result COPY … TO STDOUT sends, column by column; null if the text is no such COPY
 *     or cannot be described so
 */
public record Reading(
        String text,
        Analysis analysis,
        Set<Effect> effects,
        @Nullable String copySource) {

    /** Copies the effects. */
    public Reading {
        effects = Set.copyOf(effects);
    }

    /** Whether the statement may do this. */
    public boolean may(Effect effect) {
        return effects.contains(effect);
    }
}
