/**
 * Clauses of event sinks. In comes a harness with a sink and the place to which it delivers; the clauses hand it batches as the
 * core's follower of the journal does, with the place up, down and silent; out go the clauses that it keeps and those that it
 * breaks.
 */
@NullMarked
package io.sallyport.conformance.sink;

import org.jspecify.annotations.NullMarked;
