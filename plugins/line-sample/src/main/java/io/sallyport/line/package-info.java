/**
 * A connector for a toy protocol, small enough to be read in one sitting and complete enough to be copied. Lines of
 * clients come in, each becomes an action that the core judges and records, and what it allows goes out to the target
 * as it came. The core's launch room stands before it, the target behind it.
 */
@NullMarked
package io.sallyport.line;

import org.jspecify.annotations.NullMarked;
