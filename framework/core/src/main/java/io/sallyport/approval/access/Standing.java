package io.sallyport.approval.access;

import java.time.Instant;

/**
 * Access that is in force.
 *
 * @param id the request's identifier
 * @param ends when it is over
 * @param breakGlass whether nobody decided it
 */
public record Standing(String id, Instant ends, boolean breakGlass) {}
