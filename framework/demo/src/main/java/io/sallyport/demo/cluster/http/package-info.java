/**
 * The least of HTTP/1.1 and WebSocket that a stand-in API server needs. TLS connections come in from loopback; requests are read
 * whole, and handed to the cluster room. What goes out is its answers, streams and upgraded connections.
 */
@NullMarked
package io.sallyport.demo.cluster.http;

import org.jspecify.annotations.NullMarked;
