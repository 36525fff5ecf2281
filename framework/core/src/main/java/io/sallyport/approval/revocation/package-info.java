/**
 * What must not go on. Operators, through the admin room, revoke sessions, grants and principals; each node follows the
 * revocations in the store with a copy in memory. What goes out are a {@link
 * io.sallyport.approval.revocation.Revocation} to the sessions that must end and, before it takes effect, an entry to the
 * journal room below.
 */
@NullMarked
package io.sallyport.approval.revocation;

import org.jspecify.annotations.NullMarked;
