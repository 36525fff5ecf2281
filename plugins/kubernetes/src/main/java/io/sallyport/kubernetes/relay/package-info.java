/**
 * A request's way through the gateway and its answer's way back. Heads and bodies of requests come in from the front room
 * with their session; they are named, judged and recorded, forwarded byte for byte, and their answers masked, recorded and
 * relayed. What goes out is requests to the upstream room, and answers or refusals to the front room.
 */
@NullMarked
package io.sallyport.kubernetes.relay;

import org.jspecify.annotations.NullMarked;
