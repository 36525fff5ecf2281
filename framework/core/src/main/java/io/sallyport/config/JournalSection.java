package io.sallyport.config;

import io.sallyport.api.config.ByteSize;
import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.journal.JournalSettings;
import io.sallyport.journal.lane.Durability;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code journal:}.
 *
 * @param directory where the segments are
 * @param durability what a record survives
 * @param segmentSize the length of a segment's file
 * @param signingKey the file of the key that signs checkpoints
 * @param retention how long sealed segments are kept; for ever if null
 */
@Description("The append-only, signed record of everything.")
public record JournalSection(
        @Description("Where the segments are.") @Default("./data/journal")
        Path directory,

        @Description("What a record survives: a killed process (`written`) or a power cut (`synced`).")
        @Default("written")
        Durability durability,

        @Description("The length of a segment's file, 1MiB at least.") @Default("64MiB")
        ByteSize segmentSize,

        @Description("The file of the key that signs checkpoints; created only while the journal is empty.")
        @Default("./conf/journal.key")
        Path signingKey,

        @Description("How long sealed segments are kept; for ever without it.") @Nullable
        Duration retention) {

    private static final long LARGEST_SEGMENT = 1L << 30;

    /** Checks the size. */
    public JournalSection {
        if (segmentSize.bytes() < 1 << 20 || segmentSize.bytes() > LARGEST_SEGMENT || segmentSize.bytes() % 4096 != 0) {
            throw new IllegalArgumentException("segment-size is 1MiB to 1GiB, and a multiple of 4KiB");
        }
    }

    /** The same for the journal room. */
    public JournalSettings toSettings(String node) {
        return new JournalSettings(directory, durability, (int) segmentSize.bytes(), signingKey, node);
    }
}
