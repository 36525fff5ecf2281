/** Implementations with one fault each, and the proof that each fails exactly the clause that is about it. */
@NullMarked
package io.sallyport.conformance.sabotage;

import org.jspecify.annotations.NullMarked;
