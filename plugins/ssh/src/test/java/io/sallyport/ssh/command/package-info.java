/** Tests of how command lines are read. */
@NullMarked
package io.sallyport.ssh.command;

import org.jspecify.annotations.NullMarked;
