/** Tests of the frames of tunnels. */
@NullMarked
package io.sallyport.kubernetes.stream;

import org.jspecify.annotations.NullMarked;
