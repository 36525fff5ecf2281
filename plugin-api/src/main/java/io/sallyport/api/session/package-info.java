/**
 * The door from a connector to the core. A connector brings an {@link io.sallyport.api.session.Admission} and gets a
 * {@link io.sallyport.api.session.Session}; it submits actions and gets {@link io.sallyport.api.session.Exchange}s; it
 * carries out what their verdicts say and reports what became of it.
 *
 * <p>All state of a session is confined to one {@link io.sallyport.api.session.SessionExecutor}: its methods are called,
 * and its stages complete, on that executor's thread only.
 */
@NullMarked
package io.sallyport.api.session;

import org.jspecify.annotations.NullMarked;
