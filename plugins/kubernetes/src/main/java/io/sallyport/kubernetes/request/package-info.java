/**
 * The parts of a request as a client sent it. Heads come in from the relay room; the target is read from the path, header
 * fields are sorted by whether they pass, and the body is kept as it arrives. What goes out is a {@link
 * io.sallyport.kubernetes.request.Request}, to be forwarded, and its actions, to the core.
 */
@NullMarked
package io.sallyport.kubernetes.request;

import org.jspecify.annotations.NullMarked;
