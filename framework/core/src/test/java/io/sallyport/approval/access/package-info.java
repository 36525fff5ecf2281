/** Specifications of access for a time. */
@NullMarked
package io.sallyport.approval.access;

import org.jspecify.annotations.NullMarked;
