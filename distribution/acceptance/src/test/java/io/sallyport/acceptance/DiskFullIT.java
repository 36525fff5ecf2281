package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal's disk is full. It needs root, for a file system of its own. */
class DiskFullIT {

    private static final Demo DEMO = Demo.shared();
    private static final int STATEMENT = 50_000;

    @Test
    @DisplayName("REC-02 (Postgres): a full disk refuses new sessions, ends running ones with a message within five"
            + " seconds, and with space everything works again")
    void diskFull(@TempDir Path mount) throws Exception {
        // Given
        assumeTrue(
                Demo.run(Map.of(), List.of("mount", "-t", "tmpfs", "-o", "size=192m", "tmpfs", mount.toString()))
                                .exit()
                        == 0,
                "only root can mount a file system");
        Path journal = mount.resolve("journal");
        try (GatewayProcess gateway = GatewayProcess.start(
                        DEMO,
                        "-Xmx256m",
                        text -> text.replace("./journal, segment-size: 4MiB", journal + ", segment-size: 1MiB"));
                RawPostgres busy = gateway.login("bench", "TOK");
                RawPostgres idle = gateway.login("bench", "TOK")) {
            Path ballast = fill(mount);

            // When
            int passed = 0;
            List<RawPostgres.Frame> last = List.of();
            while (last.stream().noneMatch(frame -> frame.type() == 'E')) {
                last = busy.query("SELECT length('" + "x".repeat(STATEMENT) + "')")
                        .exchangeOrClosed();
                passed++;
            }
            long full = System.nanoTime();

            // Then
            assertTrue(last.toString().contains("E") && text(last).contains("journal"), text(last));
            assertTrue(passed > 1 && passed < 5_000, passed + " statements passed");
            List<RawPostgres.Frame> goodbye = idle.exchangeUntilClosed(Duration.ofSeconds(5));
            assertTrue(System.nanoTime() - full < 5_000_000_000L, "not within five seconds");
            assertTrue(text(goodbye).contains("journal"), text(goodbye));
            assertTrue(refusal(gateway).contains("journal"), refusal(gateway));
            assertTrue(gateway.log().contains("free space"), gateway.log());

            Files.delete(ballast);
            Demo.await(Duration.ofSeconds(10), () -> refusal(gateway).isEmpty());
            Demo.Run verified = gateway.cli(
                    "TOKEN_AUDITOR",
                    "journal",
                    "verify",
                    journal.toString(),
                    "--key",
                    journal.resolve("journal.pub").toString());
            assertEquals(0, verified.exit(), verified.all());
        } finally {
            Demo.run(Map.of(), List.of("umount", "-l", mount.toString()));
        }
    }

    private static Path fill(Path mount) throws IOException {
        Path ballast = mount.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] block = new byte[64 * 1024];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            return ballast;
        }
    }

    private static String text(List<RawPostgres.Frame> frames) {
        List<String> errors = new ArrayList<>();
        frames.stream()
                .filter(frame -> frame.type() == 'E')
                .forEach(frame -> errors.add(frame.fields().toString()));
        return String.join("\n", errors);
    }

    private static String refusal(GatewayProcess gateway) {
        try (RawPostgres client = gateway.login("bench", "TOK")) {
            client.query("SELECT 1").exchange();
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
