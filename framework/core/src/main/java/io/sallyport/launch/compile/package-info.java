/**
 * A checked configuration comes in from the launch room. The package makes targets, credential sources, guardrails and
 * compiled grants of it, with the plugins' factories, and starts nothing. Out goes a {@link
 * io.sallyport.launch.compile.Compiled} to the launch room, which puts it in force, and to the policy room, which only asks it.
 */
@NullMarked
package io.sallyport.launch.compile;

import org.jspecify.annotations.NullMarked;
