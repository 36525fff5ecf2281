/** Specifications of the session room. */
@NullMarked
package io.sallyport.session;

import org.jspecify.annotations.NullMarked;
