/**
 * The approval guardrail: operations that lie within their grant's scope come in from the core's decision room.
 * The rules of the configuration, which {@link io.sallyport.rules} lays out, are asked for the first that matches.
 * A hold that names the approvers, or a plain allow, goes back to the decision room, whose approval room waits for the people.
 */
@NullMarked
package io.sallyport.holding;

import org.jspecify.annotations.NullMarked;
