/**
 * The words in which Postgres actions are described: every other room of the analysis uses them, the connector declares
 * them to the core, and grants and rules are written in them.
 */
@NullMarked
package io.sallyport.postgres.sql.vocabulary;

import org.jspecify.annotations.NullMarked;
