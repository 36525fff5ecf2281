/**
 * Tests of the sample. A toy server and a toy client stand on both sides of a gateway with the real core, which lets in,
 * refuses and records what the test sends; what both sides saw is compared.
 */
@NullMarked
package io.sallyport.line;

import org.jspecify.annotations.NullMarked;
