/**
 * What clients ask for, in words common to all protocols. Connectors make {@link io.sallyport.api.action.Action}s out of
 * protocol messages; the core checks their {@link io.sallyport.api.action.Access}es against the grant's scope and hands
 * them to guardrails. All types here are immutable and may be shared between threads.
 */
@NullMarked
package io.sallyport.api.action;

import org.jspecify.annotations.NullMarked;
