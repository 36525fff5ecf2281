package io.sallyport.postgres.statement;

import io.sallyport.api.action.SqlStatement;
import io.sallyport.postgres.sql.PreparedStatements;
import io.sallyport.postgres.sql.SqlAnalyzer;
import io.sallyport.postgres.sql.SqlContext;
import io.sallyport.postgres.sql.catalog.UnseenCatalog;
import java.util.List;
import java.util.Map;

/**
 * A statement as a person writes it for a tool. It is read as on the data path, in a session that has sent nothing yet: with
 * the path {@code "$user", public} where no schema is named as the user, and standard strings. No database has been looked
 * at: a relation is taken for a table of the schema that it is named with, else of {@code public}.
 */
public final class WrittenStatement {

    private static final SqlContext CONTEXT =
            new SqlContext(true, List.of("pg_catalog", "public"), new UnseenCatalog(), PreparedStatements.NONE);

    private WrittenStatement() {}

    /** Reads it; a text that cannot be read is opaque, as on the data path. */
    public static SqlStatement read(String text) {
        return SqlStatement.of(new SqlAnalyzer().analyze(text, CONTEXT).analysis(), Map.of());
    }
}
