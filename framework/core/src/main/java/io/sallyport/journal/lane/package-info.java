/**
 * Lanes: one per serial executor, and the control lane for everybody else. Records come in from the rooms that act, on their own threads;
 * they are copied into the lane's segment without a lock or a hop, or refused; segments go out to the signing thread, spares come in from
 * a thread of their own.
 */
@NullMarked
package io.sallyport.journal.lane;

import org.jspecify.annotations.NullMarked;
