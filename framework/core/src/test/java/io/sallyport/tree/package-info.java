/**
 * Gates on the tree as a whole. The compiled classes of the core and the sources of all modules come in, each rule
 * reads what it needs, and out goes the list of what breaks it.
 */
@NullMarked
package io.sallyport.tree;

import org.jspecify.annotations.NullMarked;
