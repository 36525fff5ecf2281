/** Tests of the demo's SSH host. */
@NullMarked
package io.sallyport.demo.ssh;

import org.jspecify.annotations.NullMarked;
