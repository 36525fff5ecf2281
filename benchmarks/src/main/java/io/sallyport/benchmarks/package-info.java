/**
 * What the hot paths cost. Inputs of ordinary size come in, one step of the way that a message takes is measured by
 * itself, and out goes the time that it needs; the scripts in {@code macro} measure the whole way beside peers.
 */
@NullMarked
package io.sallyport.benchmarks;

import org.jspecify.annotations.NullMarked;
