/**
 * A grant and the target that it opens come in from the grant room. The room asks the target's credential source for a
 * credential on a bounded pool, with a deadline. Out goes the target with its credential to the session room.
 */
@NullMarked
package io.sallyport.target;

import org.jspecify.annotations.NullMarked;
