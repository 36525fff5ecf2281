package io.sallyport.api.guardrail;

import io.sallyport.api.ConsumerType;
import org.jspecify.annotations.Nullable;

/**
 * What must be hidden in the answer to one action.
 *
 * <ol>
 *   <li>{@link #maskFor} is asked once for each field of each result shape, on the session's thread, and must not block.
 *   <li>Where several guardrails mask a field, the strictest mask wins: null, then redact, hash, partial.
 * </ol>
 */
@ConsumerType
public interface Masking {

    /** The mask for a field, or null if it needs none. */
    @Nullable
    Mask maskFor(Field field);

    /**
     * The mask for running text that has no fields: recorded requests, notices, error messages, notification payloads,
     * output streams. Null if none is needed.
     */
    @Nullable
    Mask textMask();

    /**
     * Whether some field is masked by its origin, so that texts which may quote its value (the detail of an error) must
     * be replaced while a statement can touch it.
     */
    boolean masksFields();
}
