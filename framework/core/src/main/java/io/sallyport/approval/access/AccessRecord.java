package io.sallyport.approval.access;

import io.sallyport.api.principal.Principal;

/**
 * Takes what people do about access into the journal.
 *
 * <ol>
 *   <li>{@link #write} is called before the act takes effect, on a thread that may block.
 *   <li>It returns when the entry is written; if it throws, the act does not take effect.
 * </ol>
 */
@FunctionalInterface
public interface AccessRecord {

    /** Writes one entry. */
    void write(Entry entry);

    /**
     * One act.
     *
     * @param act what was tried: {@code request}, {@code approve}, {@code reject}, {@code revoke}
     * @param access the access as it stands with this act
     * @param actor who acts
     * @param outcome what comes of it: {@code pending}, {@code approved}, {@code recorded}, {@code rejected}, {@code
     *     revoked}, {@code too-late}, {@code not-allowed}
     * @param comment the person's words, or the reason of a refusal
     */
    record Entry(String act, AccessView access, Principal actor, String outcome, String comment) {}
}
