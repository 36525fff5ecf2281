/** Tests of the Postgres connector against real servers. */
@NullMarked
package io.sallyport.postgres;

import org.jspecify.annotations.NullMarked;
