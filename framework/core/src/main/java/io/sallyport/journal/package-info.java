/**
 * The journal: the append-only, signed record of everything. Records come in from decision and approval through lanes; they are written
 * before anything moves, hashed and signed off the loop; they go out to the store's projection and to event sinks, which follow it.
 */
@NullMarked
package io.sallyport.journal;

import org.jspecify.annotations.NullMarked;
