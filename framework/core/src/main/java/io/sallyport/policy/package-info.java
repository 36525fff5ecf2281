/**
 * A checked configuration comes in from the launch room's {@code compile} package, with what somebody would ask of it. The
 * room asks the grant and decision rooms exactly as a session does, before a witness, and looks for what no session will ever
 * reach. Explanations, results of tests and findings go out to the command line.
 */
@NullMarked
package io.sallyport.policy;

import org.jspecify.annotations.NullMarked;
