/**
 * The clauses of guardrails. In comes a {@link io.sallyport.conformance.guardrail.GuardrailHarness} with the plugin's factory
 * and actions that it is to judge; {@link io.sallyport.conformance.guardrail.GuardrailConformance} asks it as the core would,
 * on many threads and with odd actions too; out go passed and failed clauses, to JUnit and the report.
 */
@NullMarked
package io.sallyport.conformance.guardrail;

import org.jspecify.annotations.NullMarked;
