package io.sallyport.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A session of the line protocol")
@Timeout(30)
final class LineSessionTest {

    private static final String LOGIN = "TOKEN " + LineServer.PASSWORD;

    private final LineGateway gateway;

    LineSessionTest(@TempDir Path directory) throws Exception {
        gateway = new LineGateway(directory);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    @DisplayName("carries what is allowed, line by line as it came, under the target's own credential")
    void carries() throws Exception {
        try (LineClient client = gateway.loggedIn()) {
            // When
            String written = client.ask("PUT orders/1 two  spaces é");
            String read = client.ask("GET orders/1");

            // Then
            assertEquals("OK", written);
            assertEquals("VALUE two  spaces é", read);
            assertEquals(List.of(LOGIN, "PUT orders/1 two  spaces é", "GET orders/1"), gateway.server.lines);
        }
    }

    @Test
    @DisplayName("refuses what a rule denies or no grant covers, sends nothing of it, and goes on")
    void refuses() throws Exception {
        try (LineClient client = gateway.loggedIn()) {
            // When
            String denied = client.ask("DEL orders/1");
            String uncovered = client.ask("GET other/1");
            String allowed = client.ask("GET orders/1");

            // Then
            assertTrue(denied.startsWith("DENIED sallyport: nothing is removed [keep/1] (session "), denied);
            assertTrue(uncovered.startsWith("DENIED sallyport: "), uncovered);
            assertEquals("NONE", allowed);
            assertEquals(List.of(LOGIN, "GET orders/1"), gateway.server.lines);
        }
    }

    @Test
    @DisplayName("lets nothing through that is no request")
    void malformed() throws Exception {
        try (LineClient client = gateway.loggedIn()) {
            // When
            String unknown = client.ask("FLUSH orders/1");
            client.write(new byte[] {'G', 'E', 'T', ' ', (byte) 0xff, '\n'});
            String binary = client.line();
            String allowed = client.ask("GET orders/1");

            // Then
            assertTrue(unknown.startsWith("DENIED sallyport: a request is"), unknown);
            assertTrue(binary.startsWith("DENIED sallyport: "), binary);
            assertEquals("NONE", allowed);
            assertEquals(List.of(LOGIN, "GET orders/1"), gateway.server.lines);
        }
    }

    @Test
    @DisplayName("ends at a line that is too long")
    void tooLong() throws Exception {
        try (LineClient client = gateway.loggedIn()) {
            // When
            client.send("PUT orders/1 " + "x".repeat(100_000));

            // Then
            assertEquals("BYE sallyport: a line is too long", client.line());
            assertEquals("(closed)", client.line());
            assertEquals(List.of(LOGIN), gateway.server.lines);
        }
    }

    @Test
    @DisplayName("answers many requests that come at once, in their order")
    void pipelined() throws Exception {
        // Given
        int count = 5_000;
        try (LineClient client = gateway.loggedIn()) {
            // When
            client.send(Collections.nCopies(count, "DEL orders/1").toArray(String[]::new));
            client.send("PUT orders/2 last");

            // Then
            for (int i = 0; i < count; i++) {
                String answer = client.line();
                assertTrue(answer.startsWith("DENIED ") && answer.endsWith("action " + (i + 1) + ")"), answer);
            }
            assertEquals("OK", client.line());
        }
    }

    @Test
    @DisplayName("masks a value by its key, for the client and in the journal")
    void masks() throws Exception {
        // Given
        gateway.server.values.put("secrets/a", "value-canary");
        try (LineClient client = gateway.loggedIn()) {
            // When
            String masked = client.ask("GET secrets/a");

            // Then
            assertTrue(masked.startsWith("VALUE "), masked);
            assertFalse(masked.contains("canary"), masked);
        }
        gateway.stop(Duration.ofSeconds(1));
        assertFalse(journal().contains("value-canary"));
        assertTrue(journal().contains("secrets/a"));
    }

    @Test
    @DisplayName("does not open for a token that proves nothing, and no line is taken before it has")
    void admission() throws Exception {
        try (LineClient stranger = gateway.connect();
                LineClient nobody = gateway.connect();
                LineClient hasty = gateway.connect();
                LineClient silent = gateway.connect()) {
            // When
            String strange = stranger.ask("TOKEN toy e30.e30.e30");
            String unknown = nobody.ask("TOKEN toy " + gateway.token("somebody"));
            hasty.send("TOKEN toy " + gateway.token("robot"), "PUT orders/1 early");
            String early = hasty.line();
            String without = silent.ask("GET orders/1");

            // Then
            assertTrue(strange.startsWith("BYE sallyport: "), strange);
            assertTrue(unknown.startsWith("BYE sallyport: "), unknown);
            assertEquals("BYE sallyport: nothing is asked before the login has been answered", early);
            assertEquals("BYE sallyport: the first line is TOKEN TARGET TOKEN", without);
            assertFalse(gateway.server.lines.contains("PUT orders/1 early"));
        }
    }

    @Test
    @DisplayName("ends with the target's connection, and with the gateway, and says so")
    void ends() throws Exception {
        try (LineClient first = gateway.loggedIn();
                LineClient second = gateway.loggedIn()) {
            // When
            gateway.server.drop();
            String targetGone = first.line();
            second.line();
            try (LineClient third = gateway.loggedIn()) {
                gateway.stop(Duration.ofSeconds(5));

                // Then
                assertEquals("BYE sallyport: the connection was closed", targetGone);
                assertEquals("BYE sallyport: the gateway shuts down", third.line());
                assertEquals("(closed)", third.line());
            }
        }
    }

    @Test
    @DisplayName("takes no line that is longer than a statement may be")
    void statementLimit() throws Exception {
        try (LineClient client = gateway.loggedIn()) {
            // When
            String answer = client.ask("PUT orders/1 " + "x".repeat(9 * 1024));

            // Then
            assertEquals("BYE sallyport: a line is too long", answer);
            assertEquals(List.of(LOGIN), gateway.server.lines);
        }
    }

    @Test
    @DisplayName("tells who waits for people, and at the gateway's end waits no longer and sends nothing")
    void held() throws Exception {
        try (LineClient client = gateway.loggedIn()) {
            // Given
            String note = client.ask("PUT orders/held 5");

            // When
            gateway.stop(Duration.ofMinutes(1));

            // Then
            assertTrue(note.startsWith("NOTE sallyport: "), note);
            assertTrue(note.contains("; approval apr-"), note);
            String denied = client.line();
            assertTrue(denied.startsWith("DENIED sallyport: the session closed: shutdown"), denied);
            assertEquals("BYE sallyport: the gateway shuts down", client.line());
            assertEquals(List.of(LOGIN), gateway.server.lines);
        }
    }

    @Test
    @DisplayName("keeps the token and the target's credential out of the journal")
    void secrets() throws Exception {
        // Given
        String token = gateway.token("robot");
        try (LineClient client = gateway.connect()) {
            // When
            client.ask("TOKEN toy " + token);
            client.ask("GET orders/1");
        }
        gateway.stop(Duration.ofSeconds(1));

        // Then
        String journal = journal();
        assertFalse(journal.contains(LineServer.PASSWORD));
        assertFalse(journal.contains(token));
        assertTrue(journal.contains("GET orders/1"));
    }

    private String journal() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(gateway.directory.resolve("journal"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
