/** The Postgres connector. */
@NullMarked
package io.sallyport.postgres;

import org.jspecify.annotations.NullMarked;
