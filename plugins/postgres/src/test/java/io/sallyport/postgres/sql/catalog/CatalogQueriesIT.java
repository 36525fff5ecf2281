package io.sallyport.postgres.sql.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.postgres.sql.PreparedStatements;
import io.sallyport.postgres.sql.SqlAnalyzer;
import io.sallyport.postgres.sql.SqlContext;
import io.sallyport.postgres.sql.StatementAnalysis;
import io.sallyport.postgres.sql.lex.Lexer;
import io.sallyport.postgres.sql.lex.Literals;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalog and the lexer against a real server. */
class CatalogQueriesIT {

    private static EmbeddedPostgres server;
    private static CatalogSnapshot catalog;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = EmbeddedPostgres.start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE customers(id int PRIMARY KEY, email text, ssn text)");
            statement.execute("CREATE VIEW v AS SELECT id, ssn AS x, lower(email) AS e FROM customers");
            statement.execute("CREATE VIEW w AS SELECT x FROM v UNION ALL SELECT email FROM customers");
            statement.execute("CREATE TABLE p(id int) PARTITION BY LIST (id)");
            statement.execute("CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)");
            statement.execute("CREATE FUNCTION purge() RETURNS int LANGUAGE sql AS 'SELECT 1'");
            catalog = JdbcCatalog.load(connection);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    @DisplayName("relations, columns, partitions and functions are there")
    void holdsWhatTheServerHas() {
        // When
        Relation customers = catalog.relation("public", "customers");
        Relation parent = catalog.relation("public", "p");

        // Then
        assertNotNull(customers);
        assertNotNull(parent);
        assertEquals(
                List.of("id", "email", "ssn"),
                customers.columns().stream().map(Relation.Column::name).toList());
        assertEquals(3, customers.columns().get(2).number());
        assertEquals(
                List.of("public.p1"),
                catalog.children(parent).stream().map(Relation::toString).toList());
        assertEquals(List.of("public"), catalog.functionSchemas("purge"));
        assertTrue(catalog.functionSchemas("lower").contains("pg_catalog"));
    }

    private static Relation relation(String name) {
        return Objects.requireNonNull(catalog.relation("public", name));
    }

    @Test
    @DisplayName("views are followed to the columns they come from, bare or computed")
    void followsViews() {
        // When
        List<Catalog.ViewColumn> columns = catalog.lineage(relation("v"));
        List<Catalog.ViewColumn> union = catalog.lineage(relation("w"));

        // Then
        assertNotNull(columns);
        assertEquals(
                List.of(true, true, false),
                columns.stream().map(Catalog.ViewColumn::bare).toList());
        assertEquals("ssn", columns.get(1).origins().get(0).column());
        assertEquals("email", columns.get(2).origins().get(0).column());
        assertNotNull(union);
        assertFalse(union.get(0).bare());
        assertEquals(2, union.get(0).origins().size());
    }

    @Test
    @DisplayName("the statements that load the catalog read nothing but the catalog")
    void queriesReadTheCatalogAlone() {
        for (String query : List.of(
                CatalogQueries.RELATIONS,
                CatalogQueries.VIEWS,
                CatalogQueries.DEPENDENCIES,
                CatalogQueries.INHERITANCE,
                CatalogQueries.FUNCTIONS,
                CatalogQueries.OPERATORS,
                CatalogQueries.EFFECTIVE_PATH)) {
            StatementAnalysis read = new SqlAnalyzer()
                    .analyze(
                            query,
                            new SqlContext(true, List.of("pg_catalog", "public"), catalog, PreparedStatements.NONE));
            assertFalse(read.analysis().opaque(), query);
            assertTrue(
                    read.analysis().accesses().stream()
                            .allMatch(access -> access.toString().startsWith("select pg_catalog.")),
                    () -> read.analysis().accesses().toString());
        }
    }

    @ParameterizedTest
    @DisplayName("a literal means to the lexer what it means to the server")
    @ValueSource(
            strings = {
                "'a''b'",
                "'a\\nb'",
                "E'a\\nb\\'c\\x41\\101\\u00e9\\U0001F600\\\\'",
                "U&'d\\0061t\\+000061\\\\'",
                "U&'d!0061t' UESCAPE '!'",
                "$$a'b$$",
                "$tag$ $$ $tag $tag$",
                "'a'\n  'b'",
                "'a' -- comment\n 'b'",
                "E'a\\n'\n'\\t'",
                "N'x'",
                "'\u00fcml\u00e4ut \ud83d\ude00'"
            })
    void literals(String literal) throws SQLException {
        // Given
        Lexer lexer = new Lexer(literal.startsWith("N") ? literal.substring(1) : literal, true);

        // When
        String ours = Literals.value(lexer, lexer.next());

        // Then
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + literal)) {
            assertTrue(row.next());
            assertEquals(row.getString(1), ours);
        }
    }
}
