@NullMarked
package io.sallyport.kubernetes.naming;

import org.jspecify.annotations.NullMarked;
