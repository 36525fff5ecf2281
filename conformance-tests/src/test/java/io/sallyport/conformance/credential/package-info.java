/** A source that lends out of its memory, with one fault at a time. */
@NullMarked
package io.sallyport.conformance.credential;

import org.jspecify.annotations.NullMarked;
