package io.sallyport.api;

/**
 * How much of a session is recorded, as its grant says.
 *
 * @param requests how much of what the client asks for
 * @param results how much of what the target answers; recorded bytes are the masked ones
 * @param limit the largest number of result bytes kept for one action; the rest is counted and hashed
 */
public record Recording(Level requests, Level results, long limit) {

    /** How much is recorded. */
    public enum Level {
        /** Only that it happened, with its verdict. */
        NONE,
        /** Counts and outcome, no content. */
        SUMMARY,
        /** Content, up to the limit. */
        FULL
    }
}
