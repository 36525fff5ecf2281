/** Runs the store's contract on both databases. */
@NullMarked
package io.sallyport.store;

import org.jspecify.annotations.NullMarked;
