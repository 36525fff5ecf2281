/** Tests of the Kubernetes connector against real servers. */
@NullMarked
package io.sallyport.kubernetes;

import org.jspecify.annotations.NullMarked;
