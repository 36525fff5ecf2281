package io.sallyport.postgres.sql.tree;

/** What can stand behind WITH, in COPY, EXPLAIN, PREPARE and a cursor. */
public sealed interface Body permits Query, Modification, Merge {}
