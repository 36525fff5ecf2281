/**
 * The detectors: UTF-8 bytes of one value come in from the masking room.
 * One pass looks for the few bytes that can begin or betray a sensitive value, and only the verifier of that kind looks closer.
 * Findings, each a detector's name and a range of bytes, go back to the masking room, which rewrites the value.
 */
@NullMarked
package io.sallyport.masking.detect;

import org.jspecify.annotations.NullMarked;
