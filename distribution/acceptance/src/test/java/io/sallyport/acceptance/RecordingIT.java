package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the record of PostgreSQL sessions: everything that was asked for, readable, within its limits. */
class RecordingIT {

    private static final Demo DEMO = Demo.shared();
    private static final int SMALL = Integer.getInteger("sallyport.small", 20_000);
    private static final int LONGEST_TEXT = 64 * 1024;

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start(
                DEMO,
                "-Xmx256m",
                text -> text.replace("opaque: allow", "opaque: allow\n    record: { results: full, limit: 64KiB }"));
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    @DisplayName(
            "REC-03 (Postgres): quotes, controls and bytes that are not UTF-8 leave valid JSON in every line, and the export is whole")
    void strangeBytes() throws Exception {
        // Given
        byte[] invalid = "SELECT 'rec-03 \u00e9\u304b \"\\\n\t\u0001 ".getBytes(StandardCharsets.UTF_8);
        byte[] sql = Arrays.copyOf(invalid, invalid.length + 4);
        sql[invalid.length] = (byte) 0xFF;
        sql[invalid.length + 1] = (byte) 0xE3;
        sql[invalid.length + 2] = (byte) 0x81;
        sql[invalid.length + 3] = '\'';
        String valid = "SELECT 'rec-03-valid \u00e9\u304b \"\\\n\t\u0001 \u007f', '\\xfffe'::bytea";

        // When
        try (RawPostgres client = gateway.login("bench", "TOK")) {
            client.rawQuery(sql).exchange();
            client.query(valid).exchange();
        }

        // Then
        String session = awaitClosed("rec-03-valid");
        String text = action(session, "rec-03-valid").path("text").asText();
        assertEquals(valid, text);
        assertEquals(records(session).size(), export(session).size());
    }

    @Test
    @DisplayName(
            "REC-05 (Postgres): a statement of 30 MB is refused, psql is told so and goes on, and the record names the limit")
    void hugeStatement(@TempDir Path directory) throws Exception {
        // Given
        Path file = directory.resolve("huge.sql");
        Files.writeString(file, "SELECT '" + "x".repeat(30_000_000) + "';\n");

        // When
        Demo.Run run = gateway.psql(
                "bench", "TOK", "-c", "SELECT 'rec-05-huge'", "-f", file.toString(), "-c", "SELECT 'rec-05-after'");

        // Then
        assertTrue(run.error().contains("max-statement"), run.all());
        assertEquals("rec-05-huge\nrec-05-after\n", run.out());
        String session = awaitClosed("rec-05-huge");
        assertTrue(
                records(session).toString().contains("max-statement"),
                records(session).toString());
    }

    @Test
    @DisplayName("REC-05 (Postgres): a statement of 10 MB is kept to 64 KiB, with its length and digest")
    void longStatement() throws Exception {
        // Given
        String sql = "SELECT length('rec-05-long" + "y".repeat(10_000_000) + "')";

        // When
        try (RawPostgres client = gateway.login("bench", "TOK")) {
            assertEquals(
                    List.of(List.of("10000011")),
                    RawPostgres.rows(client.query(sql).exchange()));
        }

        // Then
        JsonNode action = action(awaitClosed("rec-05-long"), "rec-05-long");
        assertEquals(LONGEST_TEXT, action.path("text").asText().length());
        assertEquals(sql.length(), action.path("text-bytes").asLong());
        assertFalse(action.path("text-digest").path("base64").asText().isEmpty(), "no digest");
    }

    @Test
    @DisplayName("REC-05 (Postgres): of a large result the limit is kept, then count and digest of the rest")
    void largeResult() throws Exception {
        // When
        try (RawPostgres client = gateway.login("bench", "TOK")) {
            client.query("SELECT 'rec-05-result', repeat('z', 1000) FROM generate_series(1, 5000)")
                    .exchange();
        }

        // Then
        String session = awaitClosed("rec-05-result");
        long kept = 0;
        long dropped = 0;
        for (JsonNode record : records(session)) {
            JsonNode payload = record.path("payload");
            if (record.path("type").asText().equals("stream")) {
                kept += payload.path("content").has("base64")
                        ? java.util.Base64.getDecoder()
                                .decode(payload.path("content").path("base64").asText())
                                .length
                        : payload.path("content").asText().getBytes(StandardCharsets.UTF_8).length;
            }
            if (payload.has("dropped-bytes")) {
                dropped += payload.path("dropped-bytes").asLong();
                assertFalse(
                        payload.path("dropped-digest").path("base64").asText().isEmpty(), payload.toString());
            }
        }
        assertTrue(kept > 32 * 1024 && kept <= 64 * 1024, kept + " bytes are kept");
        assertTrue(kept + dropped > 5_000_000, kept + " bytes kept and " + dropped + " dropped");
    }

    @Test
    @DisplayName("REC-05 (Postgres): many small statements are all in the record, each with verdict and outcome")
    void manySmall() throws Exception {
        // When
        try (RawPostgres client = gateway.login("bench", "TOK", "application_name", "rec-05-small")) {
            for (int i = 0; i < SMALL; i += 500) {
                for (int k = 0; k < 500; k++) {
                    client.query("SELECT " + (i + k));
                }
                client.exchange();
            }
        }

        // Then
        String session = awaitClosed("rec-05-small");
        assertEquals(SMALL, of(session, "action-decided").size());
        assertEquals(
                SMALL,
                of(session, "outcome").stream()
                        .filter(record -> record.path("payload").path("rows").asInt() == 1)
                        .count());
        assertEquals(0, gateway.verify().exit());
    }

    @Test
    @DisplayName("REC-06 (Postgres): whatever can carry data is there with verdict, rows, bytes, and the session's end")
    void everyWay() throws Exception {
        // When
        try (RawPostgres client = gateway.login("bench", "TOK", "application_name", "rec-06")) {
            client.query("CREATE TEMP TABLE rec06(a text)").exchange();
            client.query("COPY rec06 FROM STDIN")
                    .copyData("one\ntwo\n")
                    .copyDone()
                    .exchange();
            client.query("COPY rec06 TO STDOUT").exchange();
            client.query("BEGIN").exchange();
            client.query("DECLARE c CURSOR FOR SELECT a FROM rec06").exchange();
            client.query("FETCH 1 FROM c").exchange();
            client.query("COMMIT").exchange();
            client.parse("s", "SELECT a FROM rec06 WHERE a <> $1")
                    .bind("p", "s", "two")
                    .execute("p", 0)
                    .sync()
                    .exchange();
            client.function(1598).exchange();
            client.query("SELECT no_such_column").exchange();
        }

        // Then
        String session = awaitClosed("rec-06");
        assertOutcome(session, "COPY rec06 FROM STDIN", "succeeded", "COPY 2");
        assertOutcome(session, "COPY rec06 TO STDOUT", "succeeded", "COPY 2");
        assertOutcome(session, "FETCH 1 FROM c", "succeeded", "FETCH 1");
        assertOutcome(session, "SELECT a FROM rec06 WHERE", "succeeded", "SELECT 1");
        assertOutcome(session, "SELECT no_such_column", "failed", "42703");
        assertEquals(18, outcome(session, "COPY rec06 TO STDOUT").path("bytes").asInt());
        assertTrue(records(session).toString().contains("1598")
                || records(session).toString().contains("random"));
        assertEquals(1, of(session, "session-opened").size());
        assertEquals(1, of(session, "session-closed").size());
    }

    private static void assertOutcome(String session, String sql, String status, String tag) throws IOException {
        assertEquals("allow", action(session, sql).path("verdict").asText(), sql);
        JsonNode outcome = outcome(session, sql);
        assertEquals(status, outcome.path("status").asText(), sql + ": " + outcome);
        assertEquals(tag, outcome.path("tag").asText(), sql + ": " + outcome);
    }

    private static JsonNode outcome(String session, String sql) throws IOException {
        List<String> actions = of(session, "action-decided").stream()
                .map(record -> record.path("payload"))
                .filter(payload -> payload.path("text").asText().contains(sql))
                .map(payload -> payload.path("action").asText())
                .toList();
        return of(session, "outcome").stream()
                .map(record -> record.path("payload"))
                .filter(payload -> actions.contains(payload.path("action").asText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no outcome of " + sql));
    }

    private static JsonNode action(String session, String text) throws IOException {
        return of(session, "action-decided").stream()
                .map(record -> record.path("payload"))
                .filter(payload -> payload.path("text").asText().contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no action " + text));
    }

    private static List<JsonNode> of(String session, String type) throws IOException {
        return records(session).stream()
                .filter(record -> record.path("type").asText().equals(type))
                .toList();
    }

    private static List<JsonNode> records(String session) throws IOException {
        return gateway.records().stream()
                .filter(record -> record.path("session").asText().equals(session))
                .toList();
    }

    /** The session in whose record the mark stands, once it has ended. */
    private static String awaitClosed(String mark) {
        String[] found = new String[1];
        Demo.await(java.time.Duration.ofSeconds(30), () -> {
            try {
                List<JsonNode> records = gateway.records();
                found[0] = records.stream()
                        .filter(record -> record.toString().contains(mark))
                        .map(record -> record.path("session").asText())
                        .findFirst()
                        .orElse("");
                return records.stream()
                        .anyMatch(record -> record.path("type").asText().equals("session-closed")
                                && record.path("session").asText().equals(found[0]));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        return found[0];
    }

    /** The records in an export of the CLI, each line of which must be JSON. */
    private static List<JsonNode> export(String session) throws IOException {
        Demo.Run run = gateway.cli(
                "TOKEN_AUDITOR", "journal", "export", gateway.journal().toString(), "--session", session);
        assertEquals(0, run.exit(), run.all());
        return run.out()
                .lines()
                .map(GatewayProcess::parse)
                .map(line -> line.path("record"))
                .filter(JsonNode::isObject)
                .toList();
    }
}
