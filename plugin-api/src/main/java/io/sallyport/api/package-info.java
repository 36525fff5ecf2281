/**
 * What a plugin jar is, what it offers, and what it is given. The plugin room of the core finds one
 * SallyportPlugin in each jar, asks it for factories, and builds one instance per entry of the
 * configuration. Connectors hand their clients' intentions to the session room; guardrails answer them
 * in the guardrail package.
 *
 * <p>No type outside {@code java.base} and the JSpecify annotations appears in this API.
 */
@NullMarked
package io.sallyport.api;

import org.jspecify.annotations.NullMarked;
