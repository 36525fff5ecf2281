package io.sallyport.journal.upkeep;

import java.nio.file.Path;

/**
 * Which spares are made.
 *
 * @param directory where
 * @param segmentSize how long, in bytes
 * @param perLane how many lie ready in each lane
 */
public record SparePlan(Path directory, int segmentSize, int perLane) {}
