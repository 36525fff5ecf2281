package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Statements that destroy data")
final class DestructiveStatementsIT {

    private static final String STATE = "SELECT (SELECT string_agg(t::text, ',' ORDER BY id) FROM t),"
            + " (SELECT count(*) FROM pg_class WHERE relname IN ('t', 'where', 'v')),"
            + " (SELECT count(*) FROM pg_proc WHERE proname = 'f'),"
            + " (SELECT count(*) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 AND NOT attisdropped),"
            + " (SELECT count(*) FROM \"where\")";

    private final Demo demo = Demo.shared();

    static Stream<String> statements() throws IOException {
        try (InputStream file = DestructiveStatementsIT.class.getResourceAsStream("/destructive.sql")) {
            if (file == null) {
                throw new IOException("destructive.sql is not there");
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            List<String> blocks = Arrays.asList(text.split("(?m)^%%$"));
            return blocks.subList(1, blocks.size()).stream().map(String::strip).filter(block -> !block.isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("statements")
    @DisplayName("are refused with 42501 and change nothing, in one message")
    void refusedInOneMessage(String sql) throws Exception {
        Properties simple = new Properties();
        simple.setProperty("preferQueryMode", "simple");
        refused(sql, simple);
    }

    @ParameterizedTest
    @MethodSource("statements")
    @DisplayName("are refused with 42501 and change nothing, prepared one by one")
    void refusedPrepared(String sql) throws Exception {
        refused(sql, new Properties());
    }

    private void refused(String sql, Properties how) throws Exception {
        // Given
        String before = demo.truth("scratch", STATE);
        try (Connection connection = demo.connect("scratch", "TOK", how);
                Statement statement = connection.createStatement()) {
            // When
            SQLException refusal = assertThrows(SQLException.class, () -> statement.execute(sql));
            // Then
            assertEquals("42501", refusal.getSQLState(), refusal.getMessage());
            String message = String.valueOf(refusal.getMessage());
            assertTrue(message.contains("sallyport: "), message);
            statement.execute("ROLLBACK");
            assertEquals("1", Demo.all(connection, "SELECT 1"), "the session is still usable");
        }
        assertEquals(before, demo.truth("scratch", STATE));
    }

    @ParameterizedTest
    @MethodSource("statements")
    @DisplayName("pass as text in a harmless INSERT, quoted and as a parameter")
    void harmlessAsText(String sql) throws Exception {
        // Given
        try (Connection connection = demo.connect("scratch", "TOK");
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("INSERT INTO audit(msg) VALUES (?)")) {
            // When
            int literal = statement.executeUpdate("INSERT INTO audit(msg) VALUES ('" + sql.replace("'", "''") + "')");
            prepared.setString(1, sql);
            int parameter = prepared.executeUpdate();
            // Then
            assertEquals(2, literal + parameter);
        }
    }
}
