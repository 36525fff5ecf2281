/**
 * Plugins that judge actions. The decision room of the core hands each {@link io.sallyport.api.guardrail.Operation} that
 * lies within its grant's scope to the grant's {@link io.sallyport.api.guardrail.Guardrail}s, combines their
 * {@link io.sallyport.api.guardrail.Verdict}s by deny-overrides, and gives the result to the session, which releases,
 * holds or refuses the action.
 */
@NullMarked
package io.sallyport.api.guardrail;

import org.jspecify.annotations.NullMarked;
