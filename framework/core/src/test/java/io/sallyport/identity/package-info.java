/** Specifies which evidence proves an identity. */
@NullMarked
package io.sallyport.identity;

import org.jspecify.annotations.NullMarked;
