package io.sallyport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.admin.AdminWorld;
import io.sallyport.approval.ApprovalState;
import io.sallyport.approval.ApprovalWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The commands approvals and sessions")
@SuppressWarnings("NullAway.Init")
final class AdminCommandsTest {

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

    @Test
    @DisplayName("list and show what waits, without characters that command a terminal")
    void listAndShow() throws Exception {
        // Given
        String id = world.approvals.ask(ApprovalWorld.request()).id();

        // When
        Shell.Result list = as("bob", "approvals", "list");
        Shell.Result show = as("bob", "approvals", "show", id);
        Shell.Result json = as("bob", "approvals", "show", id, "--output", "json");

        // Then
        assertTrue(list.out().contains(id) && list.out().contains("UPDATE public.orders"), list.toString());
        assertTrue(show.out().contains("UPDATE orders SET note=$1 WHERE id=$2 -- \\u0000"), show.toString());
        JsonNode parsed = new ObjectMapper().readTree(json.out());
        assertEquals("pending", parsed.get("state").asText());
        assertEquals(0, list.exitCode() + show.exitCode() + json.exitCode());
    }

    @Test
    @DisplayName("approve with 0, and fail with 1 and the reason when it is too late or one's own")
    void approve() {
        // Given
        String id = world.approvals.ask(ApprovalWorld.request()).id();

        // When
        Shell.Result own = as("alice", "approvals", "approve", id);
        Shell.Result first = as("bob", "approvals", "approve", id, "--comment", "fine");
        Shell.Result late = as("carol", "approvals", "approve", id);

        // Then
        assertEquals(ExitCode.FAILED, own.exitCode());
        assertTrue(own.err().contains("you asked for this yourself"), own.err());
        assertEquals(ExitCode.DONE, first.exitCode(), first.err());
        assertEquals(ExitCode.FAILED, late.exitCode());
        assertTrue(late.err().contains("already decided"), late.err());
    }

    @Test
    @DisplayName("reject")
    void reject() {
        // Given
        String id = world.approvals.ask(ApprovalWorld.request()).id();

        // When
        Shell.Result result = as("bob", "approvals", "reject", id, "--comment", "not today");

        // Then
        assertEquals(ExitCode.DONE, result.exitCode(), result.err());
        assertEquals(ApprovalState.REJECTED, world.approvals.state(id));
    }

    @Test
    @DisplayName("replay all pages of a session as a timeline, or as JSON")
    void replay() throws Exception {
        // Given
        world.session("s-1");

        // When
        Shell.Result text = as("audit", "sessions", "replay", "s-1");
        Shell.Result json = as("audit", "sessions", "replay", "s-1", "--output", "json");

        // Then
        List<String> lines = text.out().lines().toList();
        assertEquals(3, lines.size(), text.toString());
        assertTrue(lines.get(2).contains("verdict") && lines.get(2).contains("rule=D2"), lines.get(2));
        assertFalse(text.out().contains("\u001b"));
        assertEquals(3, new ObjectMapper().readTree(json.out()).size());
    }

    @Test
    @DisplayName("list, show and end sessions")
    void sessions() {
        // Given
        world.session("s-1");

        // When
        Shell.Result list = as("root", "sessions", "list", "--open");
        Shell.Result show = as("root", "sessions", "show", "s-1");
        Shell.Result refused = as("audit", "sessions", "kill", "s-1");
        Shell.Result killed = as("root", "sessions", "kill", "s-1", "--reason", "enough");

        // Then
        assertTrue(list.out().contains("s-1"), list.toString());
        assertTrue(show.out().contains("alice"), show.toString());
        assertEquals(ExitCode.FAILED, refused.exitCode());
        assertEquals(ExitCode.DONE, killed.exitCode(), killed.err());
        assertNotNull(world.revocations.find("s-1", "dev", ApprovalWorld.ALICE));
    }

    @Test
    @DisplayName("exit with 2 when they cannot know whom to ask or as whom, and never send a token in clear")
    void usage() {
        // When
        Shell.Result noUrl = Shell.run("approvals", "list", "--token", "bob");
        Shell.Result noToken = Shell.run("approvals", "list", "--url", "https://127.0.0.1:1");
        Shell.Result clear = Shell.run("approvals", "list", "--url", "http://example.com", "--token", "bob");
        Shell.Result noCommand = Shell.run("approvals");

        // Then
        List<Integer> codes = List.of(noUrl.exitCode(), noToken.exitCode(), clear.exitCode(), noCommand.exitCode());
        assertEquals(List.of(2, 2, 2, 2), codes);
        assertTrue(clear.err().contains("https://"), clear.err());
    }

    @Test
    @DisplayName("refuse a server whose certificate no authority vouches for")
    void untrusted() throws Exception {
        // Given
        String id = world.approvals.ask(ApprovalWorld.request()).id();
        Path token = Files.writeString(directory.resolve("token"), "bob\n");

        // When
        Shell.Result result = Shell.run(
                "approvals", "approve", id, "--url", world.uri("").toString(), "--token-file", token.toString());

        // Then
        assertEquals(ExitCode.FAILED, result.exitCode());
        assertEquals(ApprovalState.PENDING, world.approvals.state(id));
    }

    private Shell.Result as(String who, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--url", world.uri("").toString(), "--ca", world.ca.toString(), "--token", who));
        return Shell.run(arguments.toArray(String[]::new));
    }
}
