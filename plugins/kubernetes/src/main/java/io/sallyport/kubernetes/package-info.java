/**
 * The Kubernetes connector: its configuration and its life. Connections of clients come in from the listener and go
 * through the front room, where bytes become requests, to the naming room and the core; what goes out is what the core's
 * verdicts allow, to the API server.
 */
@NullMarked
package io.sallyport.kubernetes;

import org.jspecify.annotations.NullMarked;
