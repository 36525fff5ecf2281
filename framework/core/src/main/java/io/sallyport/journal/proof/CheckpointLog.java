package io.sallyport.journal.proof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The file of a journal's checkpoints, one per line, only ever appended to.
 *
 * <ol>
 *   <li>A checkpoint is on the disk when {@link #sign} returns it.
 *   <li>A line without an end, left by a stop in the middle, is cut at open: nobody was given that checkpoint.
 * </ol>
 *
 * <p>Not safe for use by several threads.
 */
public final class CheckpointLog implements AutoCloseable {

    /** The file's name in the journal's directory. */
    public static final String NAME = "checkpoints";

    private final FileChannel channel;
    private final SigningKey key;
    private final String node;
    private long length;
    private Optional<Checkpoint> last;

    private CheckpointLog(FileChannel channel, SigningKey key, String node) throws IOException {
        this.channel = channel;
        this.key = key;
        this.node = node;
        String tail = tail();
        int end = tail.lastIndexOf('\n');
        if (end < 0 && channel.size() > tail.length()) {
            throw new IllegalArgumentException("the last checkpoint is longer than any checkpoint can be");
        }
        length = channel.size() - (tail.length() - (end + 1));
        channel.truncate(length);
        String lines = tail.substring(0, Math.max(end, 0));
        last = lines.isEmpty()
                ? Optional.empty()
                : Optional.of(Checkpoint.parse(lines.substring(lines.lastIndexOf('\n') + 1)));
    }

    /**
     * Opens the file, made anew if there is none.
     *
     * @throws IllegalArgumentException if its last line is no checkpoint
     */
    public static CheckpointLog open(Path directory, SigningKey key, String node) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean opened = false;
        try {
            CheckpointLog log = new CheckpointLog(channel, key, node);
            opened = true;
            return log;
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    /** The last lines, long enough for the longest checkpoint of a few thousand lanes. */
    private String tail() throws IOException {
        int size = (int) Math.min(channel.size(), 1 << 20);
        ByteBuffer bytes = ByteBuffer.allocate(size);
        long from = channel.size() - size;
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {}
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    }

    /** The last checkpoint. */
    public Optional<Checkpoint> last() {
        return last;
    }

    /** Signs the next checkpoint and writes it. After a failure nothing of it is in the file. */
    public Checkpoint sign(List<LanePoint> lanes, long timeMicros) throws IOException {
        Checkpoint next = new Checkpoint(
                        last.map(Checkpoint::number).orElse(0L) + 1,
                        timeMicros,
                        node,
                        key.id(),
                        last.map(Checkpoint::hash).orElse(Checkpoint.NO_PREVIOUS),
                        lanes,
                        "")
                .signed(key);
        ByteBuffer bytes = ByteBuffer.wrap((next.line() + "\n").getBytes(StandardCharsets.UTF_8));
        int size = bytes.remaining();
        boolean written = false;
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes, length + bytes.position());
            }
            channel.force(true);
            written = true;
        } finally {
            if (!written) {
                channel.truncate(length);
            }
        }
        length += size;
        last = Optional.of(next);
        return next;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
