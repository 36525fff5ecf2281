/**
 * Tests of the sample. A moment and an action come in, the guardrail is asked, and its verdict is compared; there is no
 * room before it and none behind it.
 */
@NullMarked
package io.sallyport.hours;

import org.jspecify.annotations.NullMarked;
