package io.sallyport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.admin.AdminWorld;
import io.sallyport.approval.ApprovalWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The commands access and revocations")
final class AccessCommandTest {

    private AdminWorld world;

    @BeforeEach
    void open(@TempDir Path directory) {
        world = new AdminWorld(directory);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("ask with a token of the gateway's audience, list, show and approve")
    void requestAndApprove() throws Exception {
        // Given
        Shell.Result asked = as(
                "gw-nobody",
                "access",
                "request",
                "--grant",
                "on-call",
                "--for",
                "1h30m",
                "--reason",
                "a page",
                "--output",
                "json");
        String id = new ObjectMapper().readTree(asked.out()).get("id").asText();

        // When
        Shell.Result own = as("gw-nobody", "access", "list");
        Shell.Result list = as("bob", "access", "list");
        Shell.Result show = as("bob", "access", "show", id);
        Shell.Result approved = as("bob", "access", "approve", id, "--comment", "go");

        // Then
        assertEquals(0, asked.exitCode(), asked.err());
        assertTrue(own.out().contains(id) && list.out().contains("on-call"), list.toString());
        assertTrue(show.out().contains("1h30m") && show.out().contains("select on public.**"), show.out());
        assertEquals(0, approved.exitCode(), approved.err());
        assertTrue(approved.out().contains(id + ": approved, in force until 2027-01-01T01:30:00Z"), approved.out());
        assertNotNull(world.access.standing("on-call", ApprovalWorld.person("nobody", "dev")));
    }

    @Test
    @DisplayName("let nobody approve with a token of the gateway's audience, nor one's own request")
    void notApproved() {
        // Given
        String own = world.access("alice");

        // When
        Shell.Result gateway = as("gw-bob", "access", "approve", own);
        Shell.Result self = as("alice", "access", "approve", own);

        // Then
        assertEquals(ExitCode.FAILED, gateway.exitCode());
        assertTrue(gateway.err().contains("the token is not known"), gateway.err());
        assertEquals(ExitCode.FAILED, self.exitCode());
        assertTrue(self.err().contains("you asked for this yourself"), self.err());
    }

    @Test
    @DisplayName("show nobody what others asked for")
    void hidden() {
        // Given
        String id = world.access("alice");

        // When
        Shell.Result list = as("nobody", "access", "list");
        Shell.Result show = as("nobody", "access", "show", id);
        Shell.Result revoke = as("nobody", "access", "revoke", id);

        // Then
        assertTrue(!list.out().contains(id), list.out());
        assertEquals(List.of(1, 1), List.of(show.exitCode(), revoke.exitCode()));
        assertTrue(revoke.err().contains("there is no request for access " + id), revoke.err());
    }

    @Test
    @DisplayName("reject, and end access before its time")
    void rejectAndRevoke() {
        // Given
        String rejected = world.access("nobody");
        String approved = world.access("alice");
        as("bob", "access", "approve", approved);

        // When
        Shell.Result no = as("bob", "access", "reject", rejected, "--comment", "not tonight");
        Shell.Result end = as("alice", "access", "revoke", approved, "--reason", "solved");

        // Then
        assertTrue(no.out().contains(rejected + ": rejected"), no.toString());
        assertTrue(end.out().contains(approved + ": revoked"), end.toString());
        assertNull(world.access.standing("on-call", ApprovalWorld.ALICE));
        assertNotNull(world.revocations.findAccess(approved));
    }

    @Test
    @DisplayName("open a break-glass grant with a reason and a ticket, and say that it is recorded")
    void breakGlass() {
        // When
        Shell.Result none =
                as("alice", "access", "request", "--grant", "emergency", "--for", "30m", "--reason", "down");
        Shell.Result open = as(
                "alice",
                "access",
                "request",
                "--grant",
                "emergency",
                "--for",
                "30m",
                "--reason",
                "down",
                "--ticket",
                "INC-7");

        // Then
        assertTrue(none.err().contains("grant emergency needs a ticket"), none.err());
        assertTrue(open.out().contains("nobody approved this, and it is recorded"), open.out());
        assertNotNull(world.access.standing("emergency", ApprovalWorld.ALICE));
    }

    @Test
    @DisplayName("revoke a grant or a principal, list that, and lift it")
    void revocations() {
        // When
        Shell.Result add = as("root", "revocations", "add", "--grant", "on-call", "--reason", "under review");
        Shell.Result person =
                as("root", "revocations", "add", "--issuer", "demo", "--subject", "alice", "--reason", "left");
        Shell.Result list = as("audit", "revocations", "list");
        Shell.Result lift = as("root", "revocations", "lift", "--grant", "on-call", "--reason", "reviewed");
        Shell.Result wrong = as("root", "revocations", "add", "--reason", "what");

        // Then
        assertEquals(List.of(0, 0, 0), List.of(add.exitCode(), person.exitCode(), lift.exitCode()), add.err());
        assertTrue(list.out().contains("under review") && list.out().contains("demo alice"), list.out());
        assertNull(world.revocations.find("s", "on-call", ApprovalWorld.BOB));
        assertNotNull(world.revocations.find("s", "other", ApprovalWorld.ALICE));
        assertEquals(ExitCode.USAGE, wrong.exitCode());
    }

    @Test
    @DisplayName("take times such as 2h, 30m, 1h30m and 1d, and no others")
    void times() {
        // When
        List<Duration> read = List.of("2h", "30m", "1h30m", "1d", "1d2h").stream()
                .map(Times::read)
                .toList();
        List<Integer> refused = List.of("2", "h", "2 h", "-", "1x").stream()
                .map(text -> as("alice", "access", "request", "--grant", "g", "--reason", "x", "--for=" + text)
                        .exitCode())
                .toList();

        // Then
        assertEquals(
                List.of(
                        Duration.ofHours(2),
                        Duration.ofMinutes(30),
                        Duration.ofMinutes(90),
                        Duration.ofDays(1),
                        Duration.ofHours(26)),
                read);
        assertEquals(List.of(2, 2, 2, 2, 2), refused);
    }

    private Shell.Result as(String who, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--url", world.uri("").toString(), "--ca", world.ca.toString(), "--token", who));
        return Shell.run(arguments.toArray(String[]::new));
    }
}
