/**
 * Events as lines of JSON in files: batches come in from the core's follower of the journal.
 * They are appended to the current file, which is succeeded by another when it is long or old enough.
 * Lines that are on the disk go out to whoever reads or ships the files.
 */
@NullMarked
package io.sallyport.sink.file;

import org.jspecify.annotations.NullMarked;
