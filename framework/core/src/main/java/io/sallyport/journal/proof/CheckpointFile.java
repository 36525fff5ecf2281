package io.sallyport.journal.proof;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a journal's checkpoints line by line, from the first on. A line ends at a line feed and nowhere else.
 *
 * <p>Not safe for use by several threads.
 */
public final class CheckpointFile implements AutoCloseable {

    private static final int LONGEST = 1 << 20;

    private final InputStream input;
    private long line;
    private boolean unfinished;

    private CheckpointFile(InputStream input) {
        this.input = input;
    }

    /** The checkpoints of the journal in this directory; none if the file is missing. */
    public static CheckpointFile open(Path directory) throws IOException {
        Path file = directory.resolve(CheckpointLog.NAME);
        return new CheckpointFile(
                Files.exists(file)
                        ? new BufferedInputStream(Files.newInputStream(file), 1 << 16)
                        : InputStream.nullInputStream());
    }

    /** The next line, whatever is in it; empty at the end. */
    public Optional<String> next() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        int read = input.read();
        while (read >= 0 && read != '\n') {
            if (bytes.size() == LONGEST) {
                throw new IOException(
                        "line " + (line + 1) + " of the checkpoints is longer than any checkpoint can be");
            }
            bytes.write(read);
            read = input.read();
        }
        if (read < 0 && bytes.size() == 0) {
            return Optional.empty();
        }
        unfinished = read < 0;
        line++;
        return Optional.of(bytes.toString(StandardCharsets.ISO_8859_1));
    }

    /** The next line that is a checkpoint; others are passed over. Empty at the end. */
    public Optional<Checkpoint> nextCheckpoint() throws IOException {
        for (Optional<String> text = next(); text.isPresent() && !unfinished; text = next()) {
            Optional<Checkpoint> checkpoint = parse(text.get());
            if (checkpoint.isPresent()) {
                return checkpoint;
            }
        }
        return Optional.empty();
    }

    private static Optional<Checkpoint> parse(String text) {
        try {
            return Optional.of(Checkpoint.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The number of the line that was read last, from 1 on. */
    public long line() {
        return line;
    }

    /** Whether the line that was read last has no line feed. */
    public boolean unfinished() {
        return unfinished;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
