package io.sallyport.postgres.sql.tree;

import java.util.List;

/**
 * An operator that is not one of pg_catalog's by its name, or that is written with a schema.
 *
 * @param name the name's parts
 */
public record OperatorUse(List<String> name) implements Part {}
