/**
 * Where the gateway's own credential for a cluster comes from. A request of the core for one session comes in with the
 * target's {@code credential:} keys; the kubeconfig file or the pod's own service account is read. What goes out is the
 * credential, to the session and from there to the upstream room.
 */
@NullMarked
package io.sallyport.kubernetes.credential;

import org.jspecify.annotations.NullMarked;
