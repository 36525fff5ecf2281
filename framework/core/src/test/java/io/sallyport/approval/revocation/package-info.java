/** Runs the revocations' contract on both databases, in virtual time. */
@NullMarked
package io.sallyport.approval.revocation;

import org.jspecify.annotations.NullMarked;
