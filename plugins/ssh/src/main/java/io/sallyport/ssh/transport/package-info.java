/**
 * Both ends of the SSH transport: key exchange, encryption, and the sockets under them. Bytes come in from the listener or
 * from a target, go through the SSH library on the connection's event loop, and leave as messages to the login room, later
 * to the relay room; what these write goes back the same way.
 */
@NullMarked
package io.sallyport.ssh.transport;

import org.jspecify.annotations.NullMarked;
