/**
 * Commands in the containers of the stand-in cluster. Arguments and streams come in from the cluster room; they are acted by a toy,
 * since nothing of this machine may be run by whoever reaches the demo. What goes out is text and an exit status.
 */
@NullMarked
package io.sallyport.demo.cluster.exec;

import org.jspecify.annotations.NullMarked;
