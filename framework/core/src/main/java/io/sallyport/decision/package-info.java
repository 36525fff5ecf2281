/**
 * Judges actions. A session hands in an operation and the compiled policy of its grant; the scope is checked first, then
 * the grant's guardrails answer, and their verdicts combine by deny-overrides. What goes out is a
 * {@link io.sallyport.decision.Judgement}: the session room carries it out, with the approval room below for holds.
 */
@NullMarked
package io.sallyport.decision;

import org.jspecify.annotations.NullMarked;
