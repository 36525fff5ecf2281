/** The plugin API: what a plugin jar is, and what it is given. */
@NullMarked
package io.sallyport.api;

import org.jspecify.annotations.NullMarked;
