package io.sallyport.api.guardrail;

import io.sallyport.api.ConsumerType;

/**
 * Hides what must not be seen of a value.
 *
 * <ol>
 *   <li>{@link #apply} takes time linear in the length and keeps nothing of the value.
 *   <li>It may be called from several threads at once with different sinks.
 *   <li>If it throws, the connector withholds the value and ends the answer with an error.
 * </ol>
 */
@ConsumerType
public interface Mask {

    /** How strict the mask is; where several apply, the strictest wins. */
    Strength strength();

    /**
     * Masks one value.
     *
     * @param value an array that holds the value in UTF-8; must not be changed or kept
     * @param offset where it starts
     * @param length how long it is
     * @param sink takes the masked value if there is one
     * @return false if the value may leave as it is: then nothing was given to the sink
     */
    boolean apply(byte[] value, int offset, int length, Sink sink);

    /** Where a masked value goes. Exactly one of: any number of writes, or {@link #writeNull()}. */
    @ConsumerType
    interface Sink {
        /** Appends bytes to the masked value. */
        void write(byte[] bytes, int offset, int length);

        /** The masked value is null, or empty where the protocol has no null. */
        void writeNull();
    }

    /** From the mildest to the strictest. */
    enum Strength {
        /** Something of the value stays readable. */
        PARTIAL,
        /** Equal values stay equal. */
        HASH,
        /** A fixed text takes the value's place. */
        REDACT,
        /** Nothing takes the value's place. */
        NULL
    }
}
