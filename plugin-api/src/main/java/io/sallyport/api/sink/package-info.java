/**
 * Where events go besides the journal. The journal room of the core follows itself with one cursor for each
 * {@link io.sallyport.api.sink.EventSink} and hands it what is new; traffic never waits for a sink.
 */
@NullMarked
package io.sallyport.api.sink;

import org.jspecify.annotations.NullMarked;
