/**
 * Who acts. Connectors bring {@link io.sallyport.api.principal.Evidence}; the identity room of the core makes a
 * {@link io.sallyport.api.principal.Principal} of it, which grants, guardrails and the journal read.
 */
@NullMarked
package io.sallyport.api.principal;

import org.jspecify.annotations.NullMarked;
