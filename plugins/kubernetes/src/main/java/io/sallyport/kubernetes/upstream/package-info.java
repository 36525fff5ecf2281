/**
 * The way to the API server. Judged requests come in from the relay room; a verified connection of the session's own is
 * found or made, and the gateway's identity is added. What goes out is the request to the API server, and its answer back
 * to the relay room.
 */
@NullMarked
package io.sallyport.kubernetes.upstream;

import org.jspecify.annotations.NullMarked;
