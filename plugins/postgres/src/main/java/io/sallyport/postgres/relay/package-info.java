/**
 * A session between its two sockets. Frames of both sides come in from the startup room; what the client asks for becomes
 * actions of the core's session, what was allowed is forwarded byte for byte, what was refused is replaced by a text that
 * makes the target fail truly, and answers go through the mask room. What goes out are the target's bytes to the client
 * and the client's to the target.
 */
@NullMarked
package io.sallyport.postgres.relay;

import org.jspecify.annotations.NullMarked;
