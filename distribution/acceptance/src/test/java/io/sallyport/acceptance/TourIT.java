package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("sallyport demo, from the unpacked zip")
final class TourIT {

    private final Path directory;

    TourIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    @DisplayName("plays its tour to the end and cleans up")
    void tour() throws Exception {
        // Given
        Path link = Files.createSymbolicLink(
                directory.resolve("linked"), Demo.home().resolve("bin/sallyport"));

        // When
        Result result = run(link.toString(), "demo", "--tour", "--ports", "free");
        Files.delete(link);

        // Then
        assertEquals(0, result.exitCode(), result.output());
        assertTrue(result.output().contains("steps came out right"), result.output());
        try (Stream<Path> left = Files.list(directory.resolve("tmp"))) {
            assertEquals(
                    List.of(),
                    left.filter(path -> path.getFileName().toString().startsWith("sallyport-demo-"))
                            .toList());
        }
    }

    @Test
    @DisplayName("names a port that is taken and what to do")
    void taken() throws Exception {
        // Given
        try (ServerSocket taken = new ServerSocket()) {
            bind(taken);

            // When
            Result result = run(Demo.home().resolve("bin/sallyport").toString(), "demo");

            // Then
            assertEquals(1, result.exitCode(), result.output());
            assertTrue(result.output().contains("port 15432"), result.output());
            assertTrue(result.output().contains("--ports free"), result.output());
        }
    }

    /** Somebody else may hold the port on this machine: then it is taken as well. */
    private static void bind(ServerSocket socket) throws IOException {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 15432));
        } catch (BindException e) {
            socket.close();
        }
    }

    private Result run(String... command) throws IOException, InterruptedException {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        Path log = directory.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
        builder.environment().put("XDG_CACHE_HOME", directory.toString());
        Process process = builder.start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroy();
        return new Result(ended ? process.exitValue() : -1, Files.readString(log));
    }

    private record Result(int exitCode, String output) {}
}
