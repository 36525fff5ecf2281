/**
 * Reaches targets. An open session comes in from the login room; its target is connected to, known by its host key, and given
 * the credential; what goes out is a connection that is logged in, to the relay room.
 */
@NullMarked
package io.sallyport.ssh.target;

import org.jspecify.annotations.NullMarked;
