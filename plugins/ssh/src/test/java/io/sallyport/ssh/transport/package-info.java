/** Tests of how output is masked. */
@NullMarked
package io.sallyport.ssh.transport;

import org.jspecify.annotations.NullMarked;
