/**
 * HTTP/1.1 to the letter of RFC 9112, and nothing that has two readings. Bytes come in from the sockets of the front room
 * and of the upstream room; heads are parsed within limits and bodies are cut by their framing, in place. What goes out
 * is heads and slices of bodies, to the rooms that the bytes came from.
 */
@NullMarked
package io.sallyport.kubernetes.http;

import org.jspecify.annotations.NullMarked;
