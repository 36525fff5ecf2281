/**
 * Reads what an exec request would run. The bytes of a command line come in from the channel room and are split as a POSIX
 * shell splits them; what goes out to the core is a command with the accesses that it names, and the files that a known
 * transfer command reads or writes.
 */
@NullMarked
package io.sallyport.ssh.command;

import org.jspecify.annotations.NullMarked;
