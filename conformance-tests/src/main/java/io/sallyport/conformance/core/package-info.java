/**
 * The real core, in process, with everything that a clause must be able to command. In come admissions and actions from the
 * connector under test; sessions, decisions, approvals, store and journal are the gateway's own, while the guardrail is
 * operated by hand, time moves only when told to, and records can be made to wait or to fail; out go verdicts to the
 * connector, and to the clauses of {@link io.sallyport.conformance.connector} a view of all that happened.
 */
@NullMarked
package io.sallyport.conformance.core;

import org.jspecify.annotations.NullMarked;
