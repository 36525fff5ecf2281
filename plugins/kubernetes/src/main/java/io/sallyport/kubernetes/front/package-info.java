/**
 * Where clients come in. Connections come from the listener; TLS settles the version of HTTP, and bytes become requests of
 * which each has one reading. What goes out is calls to the relay room, and their answers back to the client.
 */
@NullMarked
package io.sallyport.kubernetes.front;

import org.jspecify.annotations.NullMarked;
