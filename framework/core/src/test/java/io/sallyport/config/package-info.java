/** Specifies what a configuration file may say, and what is said of one that is wrong. */
@NullMarked
package io.sallyport.config;

import org.jspecify.annotations.NullMarked;
