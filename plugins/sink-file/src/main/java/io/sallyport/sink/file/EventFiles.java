package io.sallyport.sink.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a sink: {@code events-20261125T101500.123Z.jsonl}, named by when they began, and never renamed. */
final class EventFiles {

    private static final String PREFIX = "events-";
    private static final String SUFFIX = "Z.jsonl";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS");

    private EventFiles() {}

    /** The file that begins at this moment. */
    static Path in(Path directory, Instant began) {
        return directory.resolve(PREFIX + TIME.format(began.atOffset(ZoneOffset.UTC)) + SUFFIX);
    }

    /** All of them, by when they began. */
    static NavigableMap<Instant, Path> list(Path directory) throws IOException {
        NavigableMap<Instant, Path> files = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path entry : entries) {
                Instant began = began(String.valueOf(entry.getFileName()));
                if (began != null) {
                    files.put(began, entry);
                }
            }
        }
        return files;
    }

    private static @Nullable Instant began(String name) {
        try {
            return LocalDateTime.parse(name.substring(PREFIX.length(), name.length() - SUFFIX.length()), TIME)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
