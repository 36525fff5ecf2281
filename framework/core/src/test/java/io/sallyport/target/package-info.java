@NullMarked
package io.sallyport.target;

import org.jspecify.annotations.NullMarked;
