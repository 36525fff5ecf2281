/**
 * The frames of exec, attach and port-forward. Bytes of a tunnel come in from the relay room, in both directions, before
 * they are forwarded; WebSocket and SPDY frames are read on the way, never changed. What goes out is the bytes of each
 * channel, to the record, and the ports that are asked for, to the core.
 */
@NullMarked
package io.sallyport.kubernetes.stream;

import org.jspecify.annotations.NullMarked;
