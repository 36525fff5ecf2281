/**
 * Command lines: an action that runs a command comes in from the room of the rules.
 * Shell text is split into simple commands as a shell would, wrappers are taken off, and what only the run will tell is marked.
 * The programs that would run, with their arguments, go back to the rules; nothing here decides.
 */
@NullMarked
package io.sallyport.rules.command;

import org.jspecify.annotations.NullMarked;
