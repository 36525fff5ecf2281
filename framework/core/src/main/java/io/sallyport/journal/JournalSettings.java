package io.sallyport.journal;

import io.sallyport.journal.lane.Durability;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.segment.SegmentName;
import java.nio.file.Path;

/**
 * How a journal is kept.
 *
 * @param directory where its segments and checkpoints are; made if it is not there
 * @param durability what a record survives
 * @param segmentSize length of a segment's file, in bytes: 1 MiB to 1 GiB, a multiple of 4,096
 * @param signingKey the PEM file of the key that signs checkpoints; made while the journal is empty
 * @param node the gateway's name, of the characters that a lane's name may have
 * @param maximumPayload the longest payload of one record, in bytes; each lane keeps as many spare segments as that takes
 */
public record JournalSettings(
        Path directory, Durability durability, int segmentSize, Path signingKey, String node, int maximumPayload) {

    /** The default length of a segment. */
    public static final int DEFAULT_SEGMENT_SIZE = 64 << 20;

    private static final int SMALLEST = 1 << 20;
    private static final int LARGEST = 1 << 30;
    private static final int PAGE = 4096;

    public JournalSettings {
        if (segmentSize < SMALLEST || segmentSize > LARGEST || segmentSize % PAGE != 0) {
            throw new IllegalArgumentException(
                    "segment-size must be 1MiB to 1GiB and a multiple of 4KiB, not " + segmentSize + " bytes");
        }
        if (!SegmentName.valid(node)) {
            throw new IllegalArgumentException("a node's name has 1 to 64 of a-z, A-Z, 0-9, '.', '_', '-': " + node);
        }
        if (maximumPayload < 1 || maximumPayload > LARGEST / 4) {
            throw new IllegalArgumentException("the longest payload must be 1 byte to 256MiB, not " + maximumPayload);
        }
    }

    /** Settings with the default limit of a payload, 16 MiB. */
    public JournalSettings(Path directory, Durability durability, int segmentSize, Path signingKey, String node) {
        this(directory, durability, segmentSize, signingKey, node, PayloadWriter.DEFAULT_MAXIMUM);
    }

    /** How many segments a lane keeps ready, so that the longest payload always finds room. */
    int sparesPerLane() {
        int room = segmentSize / 4 * 3;
        return Math.max(1, (maximumPayload + room - 1) / room + (maximumPayload > room ? 1 : 0));
    }
}
