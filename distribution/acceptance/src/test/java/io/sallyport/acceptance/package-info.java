/** What users of the built zip rely on, tried on the unpacked zip with ordinary clients and raw frames. */
@NullMarked
package io.sallyport.acceptance;

import org.jspecify.annotations.NullMarked;
