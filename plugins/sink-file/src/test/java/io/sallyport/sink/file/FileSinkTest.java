package io.sallyport.sink.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.config.ByteSize;
import io.sallyport.api.sink.EventSink.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The file sink")
final class FileSinkTest {

    private static final Instant BEGIN = Instant.parse("2026-11-25T10:15:00.123Z");

    private final Path directory;
    private Instant now = BEGIN;

    FileSinkTest(@TempDir Path directory) {
        this.directory = directory.resolve("events");
    }

    @Test
    @DisplayName("writes a line for each event into a file that only its owner reads")
    void lines() throws IOException {
        // Given
        try (FileSink sink = sink("1MiB", null)) {
            // When
            sink.deliver(List.of(event("a"), event("b")));
            sink.deliver(List.of(event("c")));
        }

        // Then
        List<Path> files = files();
        assertEquals(1, files.size());
        assertEquals(
                "events-20261125T101500.123Z.jsonl", String.valueOf(files.get(0).getFileName()));
        assertEquals(List.of("{\"v\":\"a\"}", "{\"v\":\"b\"}", "{\"v\":\"c\"}"), Files.readAllLines(files.get(0)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files.get(0))));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
    }

    @Test
    @DisplayName("goes on in the newest file after a restart, and cuts off a line that was not finished")
    void restart() throws IOException {
        // Given
        try (FileSink sink = sink("1MiB", null)) {
            sink.deliver(List.of(event("a")));
        }
        Files.writeString(files().get(0), "{\"v\":\"unfin", StandardOpenOption.APPEND);

        // When
        try (FileSink sink = sink("1MiB", null)) {
            sink.deliver(List.of(event("b")));
        }

        // Then
        assertEquals(List.of("{\"v\":\"a\"}", "{\"v\":\"b\"}"), all());
    }

    @Test
    @DisplayName("cuts off an unfinished line of any length, and a file that is nothing else")
    void longUnfinished() throws IOException {
        // Given
        try (FileSink sink = sink("1MiB", null)) {
            sink.deliver(List.of(event("a")));
        }
        Files.writeString(files().get(0), "x".repeat(200_000), StandardOpenOption.APPEND);
        try (FileSink sink = sink("1MiB", null)) {
            sink.deliver(List.of(event("b")));
        }
        List<String> afterLong = all();
        Files.writeString(files().get(0), "only this");

        // When
        try (FileSink sink = sink("1MiB", null)) {
            sink.deliver(List.of(event("c")));
        }

        // Then
        assertEquals(List.of("{\"v\":\"a\"}", "{\"v\":\"b\"}"), afterLong);
        assertEquals(List.of("{\"v\":\"c\"}"), all());
    }

    @Test
    @DisplayName(
            "begins a new file before one would be too long, also within the same millisecond, and leaves out nothing")
    void size() throws IOException {
        // Given
        List<String> expected = new ArrayList<>();

        // When
        try (FileSink sink = sink("1KiB", null)) {
            for (int i = 0; i < 40; i++) {
                String value = i + "x".repeat(100);
                sink.deliver(List.of(event(value)));
                expected.add("{\"v\":\"" + value + "\"}");
            }
        }

        // Then
        assertEquals(expected, all());
        assertTrue(files().size() > 3);
        for (Path file : files()) {
            assertTrue(Files.size(file) <= 1024, file::toString);
        }
    }

    @Test
    @DisplayName("begins a new file when one is old, counted from its beginning across restarts")
    void age() throws IOException {
        // Given
        try (FileSink sink = sink("1MiB", null)) {
            sink.deliver(List.of(event("a")));
        }
        now = BEGIN.plus(Duration.ofHours(23));
        try (FileSink sink = sink("1MiB", null)) {
            sink.deliver(List.of(event("b")));
        }
        int before = files().size();

        // When
        now = BEGIN.plus(Duration.ofHours(24));
        try (FileSink sink = sink("1MiB", null)) {
            sink.deliver(List.of(event("c")));
        }

        // Then
        assertEquals(1, before);
        assertEquals(2, files().size());
        assertEquals(List.of("{\"v\":\"a\"}", "{\"v\":\"b\"}", "{\"v\":\"c\"}"), all());
    }

    @Test
    @DisplayName("removes a file when its last event is as old as it is kept, and nothing else")
    void keep() throws IOException {
        // Given
        try (FileSink sink = sink("1MiB", Duration.ofDays(7))) {
            sink.deliver(List.of(event("a")));
            Files.setLastModifiedTime(files().get(0), FileTime.from(BEGIN));
            Path foreign = Files.writeString(directory.resolve("events-of-mine.jsonl"), "mine");
            Files.setLastModifiedTime(foreign, FileTime.from(BEGIN));

            // When
            now = BEGIN.plus(Duration.ofDays(6));
            sink.deliver(List.of(event("b")));
            Files.setLastModifiedTime(files().get(1), FileTime.from(now));
            int young = files().size();
            now = BEGIN.plus(Duration.ofDays(8));
            sink.deliver(List.of(event("c")));

            // Then
            assertEquals(2, young);
            assertEquals(List.of("{\"v\":\"b\"}", "{\"v\":\"c\"}"), all());
            assertTrue(Files.exists(foreign));
        }
    }

    @Test
    @DisplayName("takes back what it could not write, and goes on when it can")
    void takesBack() throws IOException {
        // Given
        try (FileSink sink = sink("1MiB", null)) {
            sink.deliver(List.of(event("a")));

            // When: an interrupted thread has its channel closed by the JDK
            Thread.currentThread().interrupt();
            assertThrows(IOException.class, () -> sink.deliver(List.of(event("b"))));
            assertTrue(Thread.interrupted());
            sink.deliver(List.of(event("b")));
        }

        // Then
        assertEquals(List.of("{\"v\":\"a\"}", "{\"v\":\"b\"}"), all());
    }

    @Test
    @DisplayName("leaves a directory alone that another sink writes into")
    void shared() throws IOException {
        // Given
        try (FileSink first = sink("1MiB", null);
                FileSink second = sink("1MiB", null)) {
            first.deliver(List.of(event("a")));

            // When
            IOException refusal = assertThrows(IOException.class, () -> second.deliver(List.of(event("b"))));

            // Then
            assertTrue(String.valueOf(refusal.getMessage()).contains("give each a directory"), refusal::toString);
        }
        assertEquals(List.of("{\"v\":\"a\"}"), all());
    }

    private FileSink sink(String size, @Nullable Duration keep) {
        return new FileSink(
                new FileSinkConfig(
                        directory, ByteSize.parse(size), Duration.ofHours(24), keep, FileSinkConfig.Sync.BATCH),
                () -> now);
    }

    private static Event event(String value) {
        return new Event("id", "own", "", ("{\"v\":\"" + value + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private List<Path> files() throws IOException {
        return List.copyOf(EventFiles.list(directory).values());
    }

    private List<String> all() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files()) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }
}
