/**
 * Reading. Segments come in, also while their lanes append; frames are put together to records, in the order of each lane and merged by
 * time; records go out to the store's projection, to sinks, to the command line and to exports.
 */
@NullMarked
package io.sallyport.journal.read;

import org.jspecify.annotations.NullMarked;
