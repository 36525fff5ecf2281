/**
 * What a database holds, as far as names must be looked up. The wire room runs
 * {@link io.sallyport.postgres.sql.catalog.CatalogQueries} on the target and feeds the rows to a builder; an immutable
 * {@link io.sallyport.postgres.sql.catalog.CatalogSnapshot} comes out, which the resolve room asks for relations, columns,
 * functions and what views and partitions expand to.
 */
@NullMarked
package io.sallyport.postgres.sql.catalog;

import org.jspecify.annotations.NullMarked;
