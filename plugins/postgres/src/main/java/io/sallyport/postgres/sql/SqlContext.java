package io.sallyport.postgres.sql;

import io.sallyport.postgres.sql.catalog.Catalog;
import java.util.List;

/**
 * What fixes the meaning of a text besides the text.
 *
 * @param standardConformingStrings the session's setting
 * @param searchPath the effective path as {@code current_schemas(true)} answers: implicit schemas included, in order
 * @param catalog the catalog of the session's database
 * @param preparedStatements what EXECUTE can mean; asked only if the text has an EXECUTE
 */
public record SqlContext(
        boolean standardConformingStrings,
        List<String> searchPath,
        Catalog catalog,
        PreparedStatements preparedStatements) {

    /** Copies the list. */
    public SqlContext {
        searchPath = List.copyOf(searchPath);
    }
}
