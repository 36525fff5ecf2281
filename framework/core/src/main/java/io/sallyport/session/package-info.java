/**
 * Sessions of principals on targets. A granted request with its credential comes from the target room; each action that
 * the connector submits is handed to the decision room, written to the journal with its verdict, and held by the approval
 * room where people must decide. Verdicts go back to the connector, records go down to the journal.
 *
 * <p>All state of a session is confined to its executor; only {@link io.sallyport.session.SessionRoom} is shared.
 */
@NullMarked
package io.sallyport.session;

import org.jspecify.annotations.NullMarked;
