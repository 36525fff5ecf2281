package io.sallyport.launch.reload;

import io.sallyport.api.principal.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who has a configuration put in force.
 *
 * @param how by what means: {@code start}, {@code signal}, {@code admin}
 * @param operator the operator, null where nobody can be told
 */
public record Actor(String how, @Nullable Principal operator) {

    /** The start of the gateway. */
    public static final Actor START = new Actor("start", null);

    /** A signal to the process. */
    public static final Actor SIGNAL = new Actor("signal", null);
}
