/**
 * Access that people approve for a time. Whoever the grant room above names asks for a grant, with a reason; the request is
 * put into the store, decided there by distinct people, and followed by each node with a copy in memory. What goes out is a
 * {@link io.sallyport.approval.access.Standing} for admission, a revocation to the sessions that must end and, through
 * {@link io.sallyport.approval.access.AccessRecord}, an entry for the journal room below before anything takes effect.
 */
@NullMarked
package io.sallyport.approval.access;

import org.jspecify.annotations.NullMarked;
