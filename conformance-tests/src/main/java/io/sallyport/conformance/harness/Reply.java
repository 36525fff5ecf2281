package io.sallyport.conformance.harness;

/**
 * One thing that a client was told.
 *
 * @param kind what it was
 * @param text everything that a person or program could have read in it, values included
 */
public record Reply(Kind kind, String text) {

    /** A reply. */
    public static Reply of(Kind kind, String text) {
        return new Reply(kind, text);
    }

    /** Whether the text contains this. */
    public boolean says(String part) {
        return text.contains(part);
    }

    /** What a client can be told. */
    public enum Kind {
        /** The request succeeded; the text is its whole answer. */
        SUCCEEDED,
        /** The target reports an error. */
        FAILED,
        /** The gateway refuses. */
        REFUSED,
        /** The request waits for people. */
        HELD,
        /** Something beside an answer. */
        NOTICE,
        /** The connection has ended. */
        CLOSED,
        /** Nothing came within the time. */
        NOTHING
    }
}
