/**
 * The SSH connector: its configuration, its vocabulary and its life. Connections of clients come in from the listener and
 * go through the login room to the channel room, where requests become actions; what goes out is what the core's verdicts
 * allow, to the target.
 */
@NullMarked
package io.sallyport.ssh;

import org.jspecify.annotations.NullMarked;
