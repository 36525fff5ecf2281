@NullMarked
package io.sallyport.kubernetes.masking;

import org.jspecify.annotations.NullMarked;
