package io.sallyport.postgres.sql.tree;

import java.util.List;

/**
 * A name that means a column or a whole row.
 *
 * @param names the names as written, without the star
 * @param star whether a star follows, as in {@code c.*}; a star alone has no names
 */
public record ColumnReference(List<String> names, boolean star) implements Part {}
