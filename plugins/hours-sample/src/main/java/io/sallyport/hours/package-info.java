/**
 * A guardrail in its smallest form. The core's decision room brings an operation that its grant covers, the time of day is
 * compared with the hours of the configuration, and out goes a verdict, which the core combines with those of the other
 * guardrails and hands to the session.
 */
@NullMarked
package io.sallyport.hours;

import org.jspecify.annotations.NullMarked;
