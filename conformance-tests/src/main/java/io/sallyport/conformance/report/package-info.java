/**
 * Runs clauses outside of a build and writes down what came of them. In comes a class of clauses;
 * {@link io.sallyport.conformance.report.ClauseRun} runs it on the JUnit platform; out goes a report for people and one for
 * machines, to keep with a release, or to the command line that asked.
 */
@NullMarked
package io.sallyport.conformance.report;

import org.jspecify.annotations.NullMarked;
