/**
 * People deciding held actions. The decision room above brings an {@link io.sallyport.approval.ApprovalRequest} for each
 * hold; it is put into the store, shown to the people who may decide, and decided by compare-and-set, once. What goes out
 * is a {@link io.sallyport.approval.Decision} to the waiting session and, through {@link
 * io.sallyport.approval.ApprovalRecord}, an entry for the journal room below.
 *
 * <p>Waiting costs no thread: everything here runs on the store's pool, and timers on one scheduler.
 */
@NullMarked
package io.sallyport.approval;

import org.jspecify.annotations.NullMarked;
