/**
 * Hides in what a command answers what the client must not see. Bytes of a stream come in from the relay room as they
 * arrive, are judged in whole lines within a bounded window, and go out to the relay room masked.
 */
@NullMarked
package io.sallyport.ssh.output;

import org.jspecify.annotations.NullMarked;
