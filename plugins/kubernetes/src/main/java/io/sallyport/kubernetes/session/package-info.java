/**
 * Sessions of one client connection. A bearer token and a cluster's name come in from the front room; the core opens one
 * session for each pair, and the way to the API server is laid in its name. What goes out is a {@link
 * io.sallyport.kubernetes.session.ClusterSession}, to the relay room, or a refusal.
 */
@NullMarked
package io.sallyport.kubernetes.session;

import org.jspecify.annotations.NullMarked;
