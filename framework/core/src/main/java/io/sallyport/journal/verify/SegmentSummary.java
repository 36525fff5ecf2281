package io.sallyport.journal.verify;

/**
 * What one segment held.
 *
 * @param lane its lane
 * @param number its number
 * @param frames its whole frames
 * @param bytes its header and whole frames, in bytes
 * @param signedFrames how many of the frames the last checkpoint covers
 */
public record SegmentSummary(String lane, long number, long frames, long bytes, long signedFrames) {}
