package io.sallyport.decision;

import io.sallyport.api.action.Access;
import io.sallyport.api.guardrail.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Hears how a judgement comes about, for tools that explain it. What it hears is what the judgement is made of; it cannot
 * change it.
 *
 * <ol>
 *   <li>It has heard everything before the judgement is there.
 *   <li>Guardrails may answer on any thread, several at once.
 * </ol>
 */
public interface Witness {

    /**
     * The scope was asked for an access.
     *
     * @param entry an entry that covers it, null if none does
     */
    void covered(Access access, Scope.@Nullable Entry entry);

    /** A guardrail answered, or the doubt about its answer did. */
    void answered(String guardrail, Verdict verdict);
}
