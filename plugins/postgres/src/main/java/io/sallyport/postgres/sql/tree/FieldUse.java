package io.sallyport.postgres.sql.tree;

/**
 * A name behind a dot behind an expression: a field, or a function of one argument in the notation of a field.
 *
 * @param name the name
 */
public record FieldUse(String name) implements Part {}
