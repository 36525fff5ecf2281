package io.sallyport.approval;

import io.sallyport.api.principal.Principal;
import java.time.Instant;

/**
 * Takes what people do into the journal.
 *
 * <ol>
 *   <li>{@link #write} is called before the act takes effect, on a thread that may block.
 *   <li>It returns when the entry is written; if it throws, the act does not take effect.
 * </ol>
 */
@FunctionalInterface
public interface ApprovalRecord {

    /** Writes one entry. */
    void write(Entry entry);

    /**
     * One act of a person.
     *
     * @param act what was tried: {@code approve}, {@code reject}, {@code revoke}, {@code lift}
     * @param object the approval's identifier, or what is revoked
     * @param session the session that is concerned, empty if none
     * @param actor who acts
     * @param outcome what comes of it: {@code approved}, {@code recorded}, {@code rejected}, {@code already-decided}, {@code
     *     not-allowed}, {@code revoked}, {@code lifted}
     * @param comment the person's words, or the reason of a refusal
     * @param time when
     */
    record Entry(
            String act, String object, String session, Principal actor, String outcome, String comment, Instant time) {}
}
