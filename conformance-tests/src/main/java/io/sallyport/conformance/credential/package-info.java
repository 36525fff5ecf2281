/**
 * Clauses of credential sources. In comes a harness with a source and the server behind it; the clauses ask the source as the
 * target room of the core does, with the server up, down and silent; out go the clauses that it keeps and those that it
 * breaks.
 */
@NullMarked
package io.sallyport.conformance.credential;

import org.jspecify.annotations.NullMarked;
