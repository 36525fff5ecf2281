package io.sallyport.api;

import java.time.Duration;

/**
 * The limits of the configuration's {@code limits:} section.
 *
 * @param maxStatement the longest statement or command, in bytes
 * @param maxMessage the longest protocol message, in bytes
 * @param heldInput the most bytes that may wait behind a held action of one session
 * @param loginTimeout the time from accepting a connection to an open session
 * @param connections the most client connections at one time, over all connectors
 */
public record Limits(long maxStatement, long maxMessage, long heldInput, Duration loginTimeout, int connections) {}
