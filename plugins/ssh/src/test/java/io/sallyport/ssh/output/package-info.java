/** Tests of how output is masked. */
@NullMarked
package io.sallyport.ssh.output;

import org.jspecify.annotations.NullMarked;
