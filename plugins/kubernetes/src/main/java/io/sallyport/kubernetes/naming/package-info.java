/**
 * What a request means. Method, path and query come in from the front room as the client spelled them; they are read in
 * Kubernetes' grammar, by meaning and never by HTTP method. What goes out is a {@link
 * io.sallyport.kubernetes.naming.NamedRequest}, to the core and to the masking room.
 */
@NullMarked
package io.sallyport.kubernetes.naming;

import org.jspecify.annotations.NullMarked;
