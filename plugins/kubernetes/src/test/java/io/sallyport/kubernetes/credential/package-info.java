@NullMarked
package io.sallyport.kubernetes.credential;

import org.jspecify.annotations.NullMarked;
