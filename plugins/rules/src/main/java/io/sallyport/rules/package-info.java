/**
 * Rules that guardrails share: a bound configuration comes in once, and then actions from the guardrail that was asked.
 * The rules are laid out by verb and resource, so that ten thousand cost what ten do, and the first that matches is found.
 * The match goes back to the guardrail, which makes a verdict of it; {@link io.sallyport.rules.command} reads command lines for it.
 */
@NullMarked
package io.sallyport.rules;

import org.jspecify.annotations.NullMarked;
