/**
 * The command line {@code sallyport}. Arguments come in; each {@link io.sallyport.cli.CliCommand} does its work through the
 * rooms below or, as any client, through the admin API; text or JSON and an exit code go out: 0 done, 1 refused or failed, 2
 * wrong usage or configuration. Nothing comes before this room but the shell; launch is the one after it.
 */
@NullMarked
package io.sallyport.cli;

import org.jspecify.annotations.NullMarked;
