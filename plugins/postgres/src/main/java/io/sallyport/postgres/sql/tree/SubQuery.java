package io.sallyport.postgres.sql.tree;

/**
 * A query inside of an expression.
 *
 * @param body the query
 * @param exists whether only the existence of a row matters
 */
public record SubQuery(Body body, boolean exists) implements Part {}
