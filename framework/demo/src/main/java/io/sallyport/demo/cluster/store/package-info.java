/**
 * The objects of the stand-in cluster. Reads and changes come in from the cluster room with their kind, namespace and name; objects
 * are kept in memory with the versions, conflicts and watches of a real one. What goes out is objects, events and failures.
 */
@NullMarked
package io.sallyport.demo.cluster.store;

import org.jspecify.annotations.NullMarked;
