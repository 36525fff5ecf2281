/** Runs the approvals' contract on both databases, in virtual time. */
@NullMarked
package io.sallyport.approval;

import org.jspecify.annotations.NullMarked;
