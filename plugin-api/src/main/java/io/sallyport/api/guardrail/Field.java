package io.sallyport.api.guardrail;

import io.sallyport.api.action.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One field of a result's shape.
 *
 * @param name the name in the answer, which the client may have chosen
 * @param origin where the value comes from, such as {@code public.customers.ssn}; null if the protocol cannot say
 * @param type what sort of value it is
 */
public record Field(String name, @Nullable Resource origin, Type type) {

    /** What sort of value a field has. */
    public enum Type {
        /** Text: any masked text is a valid value. */
        TEXT,
        /** JSON: only the inside of strings may be replaced. */
        JSON,
        /** Several values in one, such as an array or a record. */
        COMPOSITE,
        /** A number, a date, a truth value: it has no textual mask, only null. */
        SCALAR,
        /** Bytes without a textual form. */
        BYTES
    }
}
