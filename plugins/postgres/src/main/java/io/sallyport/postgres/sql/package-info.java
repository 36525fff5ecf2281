/**
 * What a text would do. The wire room hands in the text of a Query or Parse message with the session's settings and the
 * catalog; {@link io.sallyport.postgres.sql.SqlAnalyzer} reads it by PostgreSQL's own rules. A
 * {@link io.sallyport.postgres.sql.StatementAnalysis} goes back to the wire room: accesses for the core, and for each
 * statement what the protocol needs to know.
 */
@NullMarked
package io.sallyport.postgres.sql;

import org.jspecify.annotations.NullMarked;
