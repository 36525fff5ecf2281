package io.sallyport.approval;

import java.time.Instant;

/**
 * What one person said.
 *
 * @param issuer the person's issuer
 * @param subject the person's subject at that issuer
 * @param display a name for people
 * @param approve yes or no
 * @param comment the person's words, empty if none
 * @param time when
 */
public record Vote(String issuer, String subject, String display, boolean approve, String comment, Instant time) {}
