/**
 * The stand-in API server of the target {@code prod}. Requests come in from the http room with the target's own token; they are
 * answered from the store room, as far as kubectl needs it to get, describe, apply, delete, follow, log and exec. What goes out
 * is objects, tables, events and the streams of acted commands, to the gateway.
 */
@NullMarked
package io.sallyport.demo.cluster;

import org.jspecify.annotations.NullMarked;
