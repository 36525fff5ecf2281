package io.sallyport.ssh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.FileAccess;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftpTest {

    private static Gateway gateway;

    private final Path directory;

    SftpTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeAll
    static void start() throws IOException {
        gateway = Gateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void allowAll() {
        gateway.sessions.judge = action -> Verdict.Allow.PLAIN;
        gateway.sessions.masking = null;
        gateway.sessions.passUnmaskable = false;
    }

    private Path content(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return Files.write(directory.resolve(name), bytes);
    }

    private static List<FakeSessions.FakeExchange> files() {
        return gateway.sessions.last().exchanges.stream()
                .filter(exchange -> exchange.action instanceof FileAccess)
                .toList();
    }

    private static FakeSessions.FakeExchange last(FileAccess.Mode mode) {
        List<FakeSessions.FakeExchange> all = files().stream()
                .filter(exchange -> exchange.action instanceof FileAccess file && file.mode() == mode)
                .toList();
        return all.get(all.size() - 1);
    }

    private static boolean names(Action action, String resource) {
        return action.accesses().stream()
                .anyMatch(access -> access.resource().toString().equals(resource));
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    @DisplayName("SSH-17: files go up and come down unchanged, and are recorded with path, size and hash")
    void upAndDown() throws Exception {
        // Given
        Path here = content("here", 3_000_000);
        Path there = directory.resolve("there");
        Path back = directory.resolve("back");

        // When
        Run run = gateway.files(
                "sftp",
                "put " + here + " " + there + "\nget " + there + " " + back + "\n",
                "-b",
                "-",
                "web1@127.0.0.1");

        // Then
        assertEquals(0, run.status(), run::toString);
        assertArrayEquals(Files.readAllBytes(here), Files.readAllBytes(back));
        Outcome written = last(FileAccess.Mode.WRITE).outcome;
        assertNotNull(written);
        assertTrue(names(last(FileAccess.Mode.WRITE).action, there.toString()));
        assertEquals("written 3000000 bytes, sha256 " + sha256(here), written.detail());
        Outcome read = last(FileAccess.Mode.READ).outcome;
        assertNotNull(read);
        assertEquals("read 3000000 bytes, sha256 " + sha256(here), read.detail());
    }

    @Test
    @DisplayName("refuses one operation with 'permission denied' and goes on with the others")
    void refused() throws Exception {
        // Given
        Path here = content("here", 100);
        Path there = directory.resolve("there");
        gateway.sessions.judge = action -> action instanceof FileAccess file && file.mode() == FileAccess.Mode.WRITE
                ? new Verdict.Deny("F1", "nothing is written")
                : Verdict.Allow.PLAIN;

        // When
        Run run = gateway.files(
                "sftp",
                "-put " + here + " " + there + "\nget " + here + " " + directory.resolve("back") + "\n",
                "-b",
                "-",
                "web1@127.0.0.1");

        // Then
        assertEquals(0, run.status(), run::toString);
        assertTrue(run.error().contains("ermission denied"), run::toString);
        assertFalse(Files.exists(there));
        assertTrue(Files.exists(directory.resolve("back")));
    }

    @Test
    @DisplayName("judges a path as it is spelled and as the target resolves it, links included")
    void links() throws Exception {
        // Given
        Path secret = content("secret", 10);
        Path link = Files.createSymbolicLink(directory.resolve("link"), secret);

        // When
        gateway.files("sftp", "get " + link + " " + directory.resolve("out") + "\n", "-b", "-", "web1@127.0.0.1");

        // Then
        Action read = last(FileAccess.Mode.READ).action;
        assertTrue(names(read, secret.toString()), () -> read.accesses().toString());
        assertTrue(names(read, link.toString()), () -> read.accesses().toString());
    }

    @Test
    @DisplayName("a name is removed or changed where it lies, not where a link leads")
    void linksThemselves() throws Exception {
        // Given
        Path secret = content("secret", 10);
        Path link = Files.createSymbolicLink(directory.resolve("link"), secret);

        // When
        Run run = gateway.files(
                "sftp",
                "rename " + link + " " + directory.resolve("other") + "\nrm " + directory.resolve("other") + "\n",
                "-b",
                "-",
                "web1@127.0.0.1");

        // Then
        assertEquals(0, run.status(), run::toString);
        Action renamed = last(FileAccess.Mode.RENAME).action;
        assertTrue(names(renamed, link.toString()));
        assertTrue(names(renamed, directory.resolve("other").toString()));
        assertFalse(names(renamed, secret.toString()));
        assertTrue(Files.exists(secret));
    }

    @Test
    @DisplayName("SSH-17: a big directory and names that are not UTF-8 go through; such a name is opaque")
    void oddNames() throws Exception {
        // Given
        Path big = Files.createDirectory(directory.resolve("big"));
        for (int i = 0; i < 3000; i++) {
            Files.createFile(big.resolve("file-" + i));
        }
        Run.of(List.of("sh", "-c", "touch \"" + big + "/$(printf 'caf\\351 \\n x')\""));

        // When
        Run run = gateway.files("sftp", "ls -l " + big + "\nls " + big + "/caf*\n", "-b", "-", "web1@127.0.0.1");

        // Then
        assertEquals(0, run.status(), run::toString);
        assertTrue(run.text().contains("file-2999"));
        assertTrue(files().stream()
                .anyMatch(exchange -> exchange.action.text().contains("caf\\xe9") && exchange.action.opaque()));
    }

    @Test
    @DisplayName("SSH-18: scp works by SFTP and by its own protocol, and is refused in both where files are")
    void scp() throws Exception {
        // Given
        Path here = content("here", 50_000);
        String there = "web1@127.0.0.1:" + directory;

        // When
        Run modern = gateway.files("scp", "", here.toString(), there + "/modern");
        Run classic = gateway.files("scp", "", "-O", here.toString(), there + "/classic");
        gateway.sessions.judge =
                action -> action instanceof FileAccess ? new Verdict.Deny("F1", "no files") : Verdict.Allow.PLAIN;
        Run modernRefused = gateway.files("scp", "", there + "/modern", directory + "/back");
        Run classicRefused = gateway.files("scp", "", "-O", there + "/modern", directory + "/back");

        // Then
        assertEquals(0, modern.status(), modern::toString);
        assertEquals(0, classic.status(), classic::toString);
        assertArrayEquals(Files.readAllBytes(here), Files.readAllBytes(directory.resolve("modern")));
        assertArrayEquals(Files.readAllBytes(here), Files.readAllBytes(directory.resolve("classic")));
        assertNotEquals(0, modernRefused.status(), modernRefused::toString);
        assertNotEquals(0, classicRefused.status(), classicRefused::toString);
        assertFalse(Files.exists(directory.resolve("back")));
    }

    @Test
    @DisplayName("refuses to read content while masks are in force, unless the grant lets it pass")
    void masked() throws Exception {
        // Given
        Path here = content("here", 100);
        gateway.sessions.masking = TestMasking.hiding("secret");

        // When
        Run refused = gateway.files(
                "sftp", "get " + here + " " + directory.resolve("one") + "\n", "-b", "-", "web1@127.0.0.1");
        gateway.sessions.passUnmaskable = true;
        Run passed = gateway.files(
                "sftp", "get " + here + " " + directory.resolve("two") + "\n", "-b", "-", "web1@127.0.0.1");

        // Then
        assertNotEquals(0, refused.status(), refused::toString);
        assertEquals(0, passed.status(), passed::toString);
        assertEquals(100, Files.size(directory.resolve("two")));
    }

    @Test
    @DisplayName("an operation that waits for people holds what comes behind it, and goes on when they have decided")
    void held() throws Exception {
        // Given
        Path here = content("here", 100);
        Path there = directory.resolve("there");
        gateway.sessions.judge = action -> action instanceof FileAccess file && file.mode() == FileAccess.Mode.WRITE
                ? FakeSessions.HOLD
                : Verdict.Allow.PLAIN;
        List<String> command = new java.util.ArrayList<>(List.of("sftp", "-P", Integer.toString(gateway.port())));
        command.addAll(gateway.options());
        command.addAll(List.of("-b", "-", "web1@127.0.0.1"));
        Run.Running running = Run.Running.start(command, gateway.environment, null);
        running.input().write(("put " + here + " " + there + "\n").getBytes(StandardCharsets.UTF_8));
        running.input().flush();

        // When
        Await.until("the client is told", () -> running.errorSoFar().contains("waiting for approval"));
        assertFalse(Files.exists(there));
        last(FileAccess.Mode.WRITE).decide(Verdict.Allow.PLAIN);
        Run run = running.finish(new byte[0]);

        // Then
        assertEquals(0, run.status(), run::toString);
        assertEquals(100, Files.size(there));
    }
}
