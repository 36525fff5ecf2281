/** Specifies how configuration files are read and bound. */
@NullMarked
package io.sallyport.config.binding;

import org.jspecify.annotations.NullMarked;
