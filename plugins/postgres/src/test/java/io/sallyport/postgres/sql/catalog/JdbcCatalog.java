package io.sallyport.postgres.sql.catalog;

import io.sallyport.postgres.sql.SqlAnalyzer;
import io.sallyport.postgres.sql.catalog.Relation.Column;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Loads a snapshot through JDBC, as a check of {@link CatalogQueries}. */
public final class JdbcCatalog {

    private JdbcCatalog() {}

    /** Loads the snapshot of the connection's database. */
    public static CatalogSnapshot load(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        CatalogSnapshot.Builder builder =
                CatalogSnapshot.builder(1, connection.getCatalog(), SqlAnalyzer.lineageReader());
        try (Statement statement = connection.createStatement()) {
            statement.execute(CatalogQueries.PATH);
            Map<String, String> definitions = new HashMap<>();
            each(statement, CatalogQueries.VIEWS, row -> definitions.put(row.getString(1), row.getString(2)));
            relations(statement, builder, definitions);
            each(
                    statement,
                    CatalogQueries.DEPENDENCIES,
                    row -> builder.depends(oid(row, 1), oid(row, 2), row.getInt(3)));
            each(statement, CatalogQueries.INHERITANCE, row -> builder.inherits(oid(row, 1), oid(row, 2)));
            each(statement, CatalogQueries.FUNCTIONS, row -> builder.function(row.getString(1), row.getString(2)));
            each(statement, CatalogQueries.OPERATORS, row -> builder.operator(row.getString(1), row.getString(2)));
        }
        connection.rollback();
        connection.setAutoCommit(true);
        return builder.build();
    }

    private static void relations(Statement statement, CatalogSnapshot.Builder builder, Map<String, String> definitions)
            throws SQLException {
        try (ResultSet row = statement.executeQuery(CatalogQueries.RELATIONS)) {
            boolean more = row.next();
            while (more) {
                String oid = row.getString(1);
                String schema = row.getString(2);
                String name = row.getString(3);
                char kind = row.getString(4).charAt(0);
                List<Column> columns = new ArrayList<>();
                do {
                    if (row.getString(6) != null) {
                        columns.add(new Column(row.getString(6), row.getInt(5), oid(row, 7)));
                    }
                    more = row.next();
                } while (more && row.getString(1).equals(oid));
                builder.relation(
                        Integer.parseUnsignedInt(oid),
                        schema,
                        name,
                        RelationKind.of(kind),
                        columns,
                        definitions.get(oid));
            }
        }
    }

    private static int oid(ResultSet row, int column) throws SQLException {
        return Integer.parseUnsignedInt(row.getString(column));
    }

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private static void each(Statement statement, String query, Row reader) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                reader.read(row);
            }
        }
    }
}
