package io.sallyport.sink.file;

import io.sallyport.api.config.ByteSize;
import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where events are written, and for how long.
 *
 * @param directory where the files are
 * @param maxSize how long a file becomes
 * @param maxAge how old a file becomes before the next begins
 * @param keep how long a file stays after its last event; for ever if null
 * @param sync when the disk has to confirm
 */
@Description("Writes events as lines of JSON into files.")
public record FileSinkConfig(
        @Description("Where the files are; it is made if it is not there, and nobody else writes there.")
        Path directory,

        @Description("A new file begins where the current one would become longer.") @Default("256MiB")
        ByteSize maxSize,

        @Description("A new file begins when the current one is so old.") @Default("24h")
        Duration maxAge,

        @Description("How long a file stays after its last event; for ever without it.") @Nullable
        Duration keep,

        @Description("Whether the disk confirms every batch (`batch`), or is left to write when it likes (`none`).")
        @Default("batch")
        Sync sync) {

    /** When the disk has to confirm. */
    public enum Sync {
        /** Before a batch counts as delivered: it survives a power cut. */
        BATCH,
        /** Never: what was delivered shortly before a power cut may be lost. */
        NONE
    }

    /** Checks the limits. */
    public FileSinkConfig {
        if (maxSize.bytes() < 1024) {
            throw new IllegalArgumentException("max-size is 1KiB at least");
        }
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("max-age is more than nothing");
        }
        if (keep != null && (keep.isNegative() || keep.isZero())) {
            throw new IllegalArgumentException("keep is more than nothing; leave it out to keep files for ever");
        }
    }
}
