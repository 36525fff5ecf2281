/**
 * Finding out what the names in a tree mean. Trees come in from the parse room; names are looked up through the search
 * path in the catalog, views and partitions are expanded, and every column is followed to where its value goes. Accesses
 * go out, ready for the core.
 */
@NullMarked
package io.sallyport.postgres.sql.resolve;

import org.jspecify.annotations.NullMarked;
