package io.sallyport.kubernetes.masking;

/**
 * Masks one answer as its bytes go by.
 *
 * <ol>
 *   <li>Memory is bounded whatever the answer's length; what need not wait is given out within the same call, so that an
 *       event of a watch or a line of a log leaves at once.
 *   <li>If it throws, nothing more of the answer may leave.
 *   <li>Confined to one thread.
 * </ol>
 */
public interface AnswerMask {

    /** Takes the next bytes. The array is not kept or changed. */
    void feed(byte[] bytes, int offset, int length, Sink out);

    /**
     * Nothing has come for a while, as when a container has written a part of a line: gives out what is held back, masked as
     * it stands, if the rest of a value can be masked without it.
     */
    default void idle(Sink out) {}

    /** The answer is over: gives out what was held back. */
    void end(Sink out);

    /** Where masked bytes go. */
    interface Sink {

        /** Takes bytes; does not keep the array. */
        void write(byte[] bytes, int offset, int length);
    }
}
