/** A sink that delivers into memory, with one fault at a time. */
@NullMarked
package io.sallyport.conformance.sink;

import org.jspecify.annotations.NullMarked;
