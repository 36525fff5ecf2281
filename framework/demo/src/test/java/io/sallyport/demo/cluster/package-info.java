@NullMarked
package io.sallyport.demo.cluster;

import org.jspecify.annotations.NullMarked;
