/** A small guardrail that keeps to all clauses, and its faults. */
@NullMarked
package io.sallyport.conformance.guardrail;

import org.jspecify.annotations.NullMarked;
