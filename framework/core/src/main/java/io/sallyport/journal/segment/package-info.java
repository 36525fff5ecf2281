/**
 * Segment files: their header, their frames, their bytes on the disk. Payloads come in from the lanes and are framed into memory-mapped,
 * zero-filled files so that a stop at any instruction leaves whole frames and at most one torn tail; frames go out to the trees of the
 * proof room and to the reader.
 */
@NullMarked
package io.sallyport.journal.segment;

import org.jspecify.annotations.NullMarked;
