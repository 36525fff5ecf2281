package io.sallyport.api.guardrail;

import io.sallyport.api.ConsumerType;

/**
 * Makes guardrails of one type, one for each entry of {@code guardrails:} in the configuration.
 *
 * @param <C> the record to which the entry's {@code config:} is bound
 */
@ConsumerType
public interface GuardrailFactory<C extends Record> {

    /** The word that the configuration uses in {@code type:}, lower case with hyphens. */
    String type();

    /** The record to which the entry's {@code config:} is bound, see {@link io.sallyport.api.config}. */
    Class<C> configType();

    /**
     * Makes a guardrail.
     *
     * @param name the entry's {@code name:}, which refusals show
     * @param config the bound configuration
     */
    Guardrail create(String name, C config);
}
