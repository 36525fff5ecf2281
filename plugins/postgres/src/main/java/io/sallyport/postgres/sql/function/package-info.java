/**
 * What PostgreSQL's own functions do. The resolve room asks by name; the answer is that a call touches nothing, that it has
 * a known effect, or that it must be allowed by name.
 */
@NullMarked
package io.sallyport.postgres.sql.function;

import org.jspecify.annotations.NullMarked;
