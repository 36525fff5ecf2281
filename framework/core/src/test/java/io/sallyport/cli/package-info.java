/** Runs the command line as a shell would. */
@NullMarked
package io.sallyport.cli;

import org.jspecify.annotations.NullMarked;
