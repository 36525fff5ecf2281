package io.sallyport.api.config;

import io.sallyport.api.ProviderType;

/**
 * A text pattern of the configuration, in RE2 syntax, matched in linear time.
 *
 * <p>The core makes instances when it binds a configuration record; a plugin only uses them.
 */
@ProviderType
public interface TextPattern {

    /** Whether the pattern occurs anywhere in the text. */
    boolean find(CharSequence text);

    /** The pattern as the configuration spells it. */
    @Override
    String toString();
}
