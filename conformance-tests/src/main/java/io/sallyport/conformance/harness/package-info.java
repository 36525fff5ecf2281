/**
 * What the author of a plugin supplies. In comes the plugin with one sample of each thing that it can carry or judge, and for
 * a connector a client and a target of its protocol; the clauses of {@link io.sallyport.conformance} drive them; out go
 * {@link io.sallyport.conformance.harness.Reply replies} and lists of what arrived, which the clauses compare.
 *
 * <p>A harness is used by one thread at a time. What it opens, it closes.
 */
@NullMarked
package io.sallyport.conformance.harness;

import org.jspecify.annotations.NullMarked;
