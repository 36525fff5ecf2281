package io.sallyport.api.session;

import org.jspecify.annotations.Nullable;

/**
 * What became of an action.
 *
 * @param status how it ended
 * @param code the protocol's own code: a command tag, an SQLSTATE, an exit status, an HTTP status
 * @param rows how many rows or items the answer had, -1 where the protocol does not count
 * @param bytes how many bytes the answer had
 * @param detail more for people, free of unmasked content
 */
public record Outcome(
        Status status,
        String code,
        long rows,
        long bytes,
        @Nullable String detail) {

    /** How an action ended. */
    public enum Status {
        /** The target reports success. */
        SUCCEEDED,
        /** The target reports an error. */
        FAILED,
        /** The client or an operator stopped it while it ran. */
        CANCELLED,
        /** The connection to the target was lost: whether it took effect is not known. */
        UNKNOWN
    }
}
