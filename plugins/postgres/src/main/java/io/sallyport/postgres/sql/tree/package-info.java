/**
 * What was read from a statement, before names are looked up. The parse room makes these trees out of tokens; they keep
 * only what accesses depend on (relations, columns, functions, places), so that constants and operators leave no trace.
 * The resolve room turns them into accesses.
 */
@NullMarked
package io.sallyport.postgres.sql.tree;

import org.jspecify.annotations.NullMarked;
