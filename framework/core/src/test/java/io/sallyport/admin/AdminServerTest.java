package io.sallyport.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.sallyport.approval.ApprovalState;
import io.sallyport.approval.ApprovalWorld;
import io.sallyport.approval.Ticket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The admin API")
@SuppressWarnings("NullAway.Init")
final class AdminServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private AdminWorld world;

    @BeforeEach
    void open() {
        world = new AdminWorld(directory);
    }

    @AfterEach
    void close() {
        world.close();
    }

    // Columns: no token, wrong token, no role, auditor, approver of another group, approver, admin.
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /health/live                      | 200 200 200 200 200 200 200",
                "GET    | /health/ready                     | 200 200 200 200 200 200 200",
                "GET    | /api/v1/openapi.yaml              | 200 200 200 200 200 200 200",
                "GET    | /api/v1/status                    | 401 401 403 200 200 200 200",
                "GET    | /api/v1/approvals                 | 401 401 403 403 200 200 200",
                "GET    | /api/v1/approvals/{approval}      | 401 401 403 403 404 200 200",
                "GET    | /api/v1/approvals/apr-none        | 401 401 403 403 404 404 404",
                "POST   | /api/v1/approvals/{approval}/decision | 401 401 403 403 404 200 403",
                "GET    | /api/v1/sessions                  | 401 401 403 200 200 200 200",
                "GET    | /api/v1/sessions/s-1              | 401 401 403 200 404 404 200",
                "GET    | /api/v1/sessions/s-1/records      | 401 401 403 200 404 404 200",
                "DELETE | /api/v1/sessions/s-1              | 401 401 403 403 403 403 202",
                "GET    | /api/v1/access-requests           | 401 401 200 200 200 200 200",
                "GET    | /api/v1/access-requests/{access}  | 401 401 200 200 404 200 200",
                "GET    | /api/v1/access-requests/acc-none  | 401 401 404 404 404 404 404",
                "POST   | /api/v1/access-requests/{access}/decision | 401 401 403 403 404 200 403",
                "POST   | /api/v1/access-requests/{access}/revocation | 401 401 400 400 400 400 400",
                "GET    | /api/v1/revocations               | 401 401 403 200 403 403 200",
                "POST   | /api/v1/revocations               | 401 401 403 403 403 403 400",
                "POST   | /api/v1/revocations/lift          | 401 401 403 403 403 403 400",
                "GET    | /api/v1/configuration             | 401 401 403 200 403 403 200",
                "POST   | /api/v1/configuration/reload      | 401 401 403 403 403 403 200",
                "GET    | /api/v1/nothing                   | 404 404 404 404 404 404 404",
                "PUT    | /api/v1/approvals/{approval}      | 405 405 405 405 405 405 405",
            })
    @DisplayName("lets each role do what it may, and nothing else")
    void roles(String method, String path, String expected) {
        // Given
        world.session("s-1");
        String actual = path.replace(
                        "{approval}",
                        world.approvals.ask(ApprovalWorld.request()).id())
                .replace("{access}", world.access("nobody"));
        List<@Nullable String> callers = Arrays.asList(null, "forged", "nobody", "audit", "olga", "bob", "root");

        // When
        List<String> statuses = new ArrayList<>();
        for (String caller : callers) {
            String body = method.equals("POST") ? "{\"approve\":true}" : null;
            statuses.add(String.valueOf(world.send(method, actual, caller, body).statusCode()));
        }

        // Then
        assertEquals(expected, String.join(" ", statuses));
    }

    @Test
    @DisplayName("lets an approver release a waiting action, and tells the next one that it is decided")
    void decide() throws Exception {
        // Given
        Ticket ticket = world.approvals.ask(ApprovalWorld.request());
        String path = "/api/v1/approvals/" + ticket.id() + "/decision";

        // When
        HttpResponse<String> first = world.send("POST", path, "bob", "{\"approve\":true,\"comment\":\"ok\"}");
        HttpResponse<String> second = world.send("POST", path, "carol", "{\"approve\":true}");

        // Then
        assertEquals("approved", JSON.readTree(first.body()).get("result").asText());
        assertEquals(409, second.statusCode());
        assertEquals(
                "already-decided", JSON.readTree(second.body()).get("result").asText());
        ApprovalWorld.get(ticket.decision());
        assertEquals(ApprovalState.USED, world.approvals.state(ticket.id()));
    }

    @Test
    @DisplayName("refuses the requester with a reason, though she is an approver")
    void requester() {
        // Given
        String id = world.approvals.ask(ApprovalWorld.request()).id();

        // When
        HttpResponse<String> answer =
                world.send("POST", "/api/v1/approvals/" + id + "/decision", "alice", "{\"approve\":true}");

        // Then
        assertEquals(403, answer.statusCode());
        assertTrue(answer.body().contains("you asked for this yourself"), answer.body());
        assertEquals(ApprovalState.PENDING, world.approvals.state(id));
    }

    @Test
    @DisplayName("hides an approval from approvers of other groups, and records that they tried")
    void invisible() {
        // Given
        String id = world.approvals.ask(ApprovalWorld.request()).id();

        // When
        HttpResponse<String> answer =
                world.send("POST", "/api/v1/approvals/" + id + "/decision", "olga", "{\"approve\":true}");

        // Then
        assertEquals(404, answer.statusCode());
        assertEquals("not-allowed", world.approvals.entries.element().outcome());
        assertEquals(ApprovalState.PENDING, world.approvals.state(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"approve\":null}",
                "{\"approve\":\"true\"}",
                "{\"approve\":1}",
                "{\"approve\":true,\"aprove\":false}",
                "{\"approve\":false,\"approve\":true}",
                "{\"approve\":true}{\"approve\":true}",
                "{\"approve\":true",
            })
    @DisplayName("refuses a decision that is not exactly what is expected")
    void strict(String body) {
        // Given
        String id = world.approvals.ask(ApprovalWorld.request()).id();

        // When
        HttpResponse<String> answer = world.send("POST", "/api/v1/approvals/" + id + "/decision", "bob", body);

        // Then
        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals(ApprovalState.PENDING, world.approvals.state(id));
    }

    @Test
    @DisplayName("refuses bodies over 64 KiB, and bodies that are not JSON")
    void limits() {
        // Given
        String path = "/api/v1/approvals/"
                + world.approvals.ask(ApprovalWorld.request()).id() + "/decision";
        String long_ = "{\"approve\":true,\"comment\":\"" + "x".repeat(70_000) + "\"}";
        HttpRequest form = HttpRequest.newBuilder(world.uri(path))
                .header("Authorization", "Bearer bob")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"approve\":true}"))
                .build();

        // When
        int tooLong = world.send("POST", path, "bob", long_).statusCode();
        int wrongType = world.send(form, HttpResponse.BodyHandlers.ofString()).statusCode();

        // Then
        assertEquals(413, tooLong);
        assertEquals(415, wrongType);
    }

    @Test
    @DisplayName("ends a session: recorded, and revoked on this node when the answer comes")
    void kill() {
        // Given
        world.session("s-1");

        // When
        HttpResponse<String> answer = world.send("DELETE", "/api/v1/sessions/s-1?reason=too%20curious", "root", null);

        // Then
        assertEquals(202, answer.statusCode());
        assertNotNull(world.revocations.find("s-1", "dev", ApprovalWorld.ALICE));
        assertEquals("too curious", world.approvals.entries.element().comment());
    }

    @Test
    @DisplayName("records that somebody read the records of a session")
    void readingIsRecorded() {
        // Given
        world.session("s-1");

        // When
        HttpResponse<String> answer = world.send("GET", "/api/v1/sessions/s-1/records", "audit", null);

        // Then
        assertEquals(200, answer.statusCode());
        assertEquals("read-records", world.approvals.entries.element().act());
    }

    @Test
    @DisplayName("shows people their own sessions")
    void ownSessions() {
        // Given
        world.session("s-1");

        // When
        String own = world.send("GET", "/api/v1/sessions", "alice", null).body();
        String others = world.send("GET", "/api/v1/sessions", "bob", null).body();

        // Then
        assertTrue(own.contains("\"s-1\""), own);
        assertEquals("{\"sessions\":[]}", others);
    }

    @Test
    @DisplayName("streams what is open and then every change, to those whom it concerns")
    void events() {
        // Given
        String id = world.approvals.ask(ApprovalWorld.request()).id();
        HttpRequest request = HttpRequest.newBuilder(world.uri("/api/v1/approvals/events"))
                .header("Authorization", "Bearer bob")
                .build();
        List<String> states = new ArrayList<>();

        // When
        try (Stream<String> lines =
                world.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            Iterator<String> data =
                    lines.filter(line -> line.startsWith("data: ")).iterator();
            while (!states.contains("used")) {
                states.add(field(data.next().substring(6), "state"));
                if (states.size() == 1) {
                    world.approvals.approve(id, ApprovalWorld.CAROL);
                }
            }
        }

        // Then
        assertEquals("pending", states.get(0));
        assertEquals("used", states.get(states.size() - 1));
    }

    @Test
    @DisplayName("answers with headers that keep other origins and caches out")
    void headers() {
        // When
        HttpResponse<String> answer = world.send("GET", "/health/live", null, null);

        // Then
        Map<String, String> expected = Map.of(
                "X-Content-Type-Options", "nosniff",
                "Cache-Control", "no-store",
                "X-Frame-Options", "DENY",
                "Strict-Transport-Security", "max-age=31536000");
        expected.forEach((name, value) ->
                assertEquals(value, answer.headers().firstValue(name).orElse("")));
        assertFalse(answer.headers().map().containsKey("access-control-allow-origin"));
    }

    @Test
    @DisplayName("says that the store is down, and lives on")
    void storeDown() {
        // Given
        world.approvals.store.close();

        // When
        HttpResponse<String> list = world.send("GET", "/api/v1/approvals", "bob", null);
        HttpResponse<String> status = world.send("GET", "/api/v1/status", "bob", null);

        // Then
        assertEquals(503, list.statusCode());
        assertTrue(status.body().contains("does not answer"), status.body());
    }

    @Test
    @DisplayName("has exactly the operations that its description lists, with their roles")
    void contract() throws Exception {
        // Given
        JsonNode paths = new ObjectMapper(new YAMLFactory())
                .readTree(StatusRoutes.document())
                .get("paths");
        Map<String, Set<String>> described = new TreeMap<>();
        paths.properties().forEach(path -> path.getValue().properties().forEach(operation -> described
                .computeIfAbsent(path.getKey(), key -> new TreeSet<>())
                .add(operation.getKey().toUpperCase(Locale.ROOT))));

        // When
        Map<String, Set<String>> routed = new TreeMap<>();
        world.server.router().getRoutes().stream()
                .filter(route -> route.getPath() != null)
                .forEach(route -> route.methods().forEach(method -> routed.computeIfAbsent(
                                route.getPath().replaceAll(":(\\w+)", "{$1}"), key -> new TreeSet<>())
                        .add(method.name())));

        // Then
        assertEquals(described, routed);
    }

    @Test
    @DisplayName("describes the roles of each operation as it enforces them")
    void describedRoles() throws Exception {
        // Given
        world.session("s-1");
        String id = world.approvals.ask(ApprovalWorld.request()).id();
        Map<String, String> people = Map.of("auditor", "audit", "approver", "bob", "admin", "root");
        JsonNode paths = new ObjectMapper(new YAMLFactory())
                .readTree(StatusRoutes.document())
                .get("paths");

        // When
        List<String> wrong = new ArrayList<>();
        paths.properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            JsonNode roles = operation.getValue().get("x-roles");
            if (roles != null && !path.getKey().endsWith("/events")) {
                people.forEach((role, token) -> {
                    boolean described =
                            roles.valueStream().anyMatch(word -> word.asText().equals(role));
                    String body = world.send(
                                    operation.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey().replace("{id}", path.getKey().contains("sessions") ? "s-1" : id),
                                    token,
                                    operation.getKey().equals("post") ? "{}" : null)
                            .body();
                    if (described == body.contains("needs one of the roles")) {
                        wrong.add(role + " " + operation.getKey() + " " + path.getKey());
                    }
                });
            }
        }));

        // Then
        assertEquals(List.of(), wrong);
    }

    private static String field(String json, String name) {
        try {
            return JSON.readTree(json).get(name).asText();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
