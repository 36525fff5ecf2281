/** Wires the rooms together and starts them. */
@NullMarked
package io.sallyport.launch;

import org.jspecify.annotations.NullMarked;
