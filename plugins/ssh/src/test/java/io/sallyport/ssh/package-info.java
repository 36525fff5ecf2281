/** Tests of the SSH connector against real servers. */
@NullMarked
package io.sallyport.ssh;

import org.jspecify.annotations.NullMarked;
