package io.sallyport.journal.verify;

import io.sallyport.journal.proof.Checkpoint;
import io.sallyport.journal.proof.CheckpointFile;
import io.sallyport.journal.proof.LanePoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The points of one lane in the order of the checkpoints, each once, read from the file as they are needed. */
final class PointCursor implements AutoCloseable {

    private final CheckpointFile file;
    private final String lane;
    private final long firstSegment;
    private final long upTo;
    private Optional<LanePoint> ahead = Optional.empty();
    private Optional<LanePoint> taken = Optional.empty();
    private long number;

    /** Points from {@code firstSegment} on, in checkpoints up to the number {@code upTo}. */
    PointCursor(Path directory, String lane, long firstSegment, long upTo) throws IOException {
        this.file = CheckpointFile.open(directory);
        this.lane = lane;
        this.firstSegment = firstSegment;
        this.upTo = upTo;
    }

    /** The next point; empty behind the last one. */
    Optional<LanePoint> peek() throws IOException {
        while (ahead.isEmpty()) {
            Optional<Checkpoint> checkpoint = file.nextCheckpoint();
            if (checkpoint.isEmpty() || checkpoint.get().number() > upTo) {
                return Optional.empty();
            }
            number = checkpoint.get().number();
            ahead = checkpoint.get().lanes().stream()
                    .filter(point -> point.lane().equals(lane) && point.segment() >= firstSegment)
                    .filter(point -> taken.filter(same -> same(point, same)).isEmpty())
                    .findFirst();
        }
        return ahead;
    }

    private static boolean same(LanePoint one, LanePoint other) {
        return one.segment() == other.segment()
                && one.leaves() == other.leaves()
                && one.bytes() == other.bytes()
                && one.root().equals(other.root());
    }

    /** The number of the checkpoint that {@link #peek}'s point is from. */
    long number() {
        return number;
    }

    /** Goes behind the point that {@link #peek} showed. */
    void take() {
        taken = ahead;
        ahead = Optional.empty();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
