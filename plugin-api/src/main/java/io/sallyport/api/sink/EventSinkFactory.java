package io.sallyport.api.sink;

import io.sallyport.api.ConsumerType;

/**
 * Makes event sinks of one type, one for each entry of {@code sinks:} in the configuration.
 *
 * @param <C> the record to which the entry's {@code config:} is bound
 */
@ConsumerType
public interface EventSinkFactory<C extends Record> {

    /** The word that the configuration uses in {@code type:}, lower case with hyphens. */
    String type();

    /** The record to which the entry's {@code config:} is bound, see {@link io.sallyport.api.config}. */
    Class<C> configType();

    /** Makes a sink; performs no input or output. */
    EventSink create(String name, C config);
}
