/**
 * What a record is. Facts come in as keys and values from the rooms that act (session, decision, approval); they are laid out as a
 * self-describing, versioned payload; payloads go out to the segments, and come back from the reader as records and as JSON.
 */
@NullMarked
package io.sallyport.journal.record;

import org.jspecify.annotations.NullMarked;
