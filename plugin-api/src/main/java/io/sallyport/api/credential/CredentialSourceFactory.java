package io.sallyport.api.credential;

import io.sallyport.api.ConsumerType;

/**
 * Makes credential sources of one type, one for each entry of {@code credential-sources:} in the configuration.
 *
 * @param <C> the record to which the entry's {@code config:} is bound
 */
@ConsumerType
public interface CredentialSourceFactory<C extends Record> {

    /** The word that the configuration uses in {@code type:}, lower case with hyphens. */
    String type();

    /** The record to which the entry's {@code config:} is bound, see {@link io.sallyport.api.config}. */
    Class<C> configType();

    /** The record to which a target's {@code credential:} is bound, without {@code source} and {@code reuse}. */
    Class<? extends Record> requestType();

    /** Makes a source; performs no input or output. */
    CredentialSource create(String name, C config);
}
