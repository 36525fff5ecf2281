package io.sallyport.journal.proof;

import java.util.HexFormat;

/**
 * How far a checkpoint covers one lane.
 *
 * @param lane the lane's name
 * @param first the number of the first segment that must still be there; retention removed those before it
 * @param segment the number of the segment that the lane had reached
 * @param leaves the leaves of that segment's tree: its header and its frames so far
 * @param bytes its length so far, header and frames
 * @param root the root of that tree, in hexadecimal
 */
public record LanePoint(String lane, long first, long segment, long leaves, long bytes, String root) {

    /** The root as bytes. */
    public byte[] rootBytes() {
        return HexFormat.of().parseHex(root);
    }

    String text() {
        return lane + ":" + first + ":" + segment + ":" + leaves + ":" + bytes + ":" + root;
    }

    static LanePoint parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 6) {
            throw new IllegalArgumentException("not a lane's point: " + text);
        }
        LanePoint point = new LanePoint(
                parts[0],
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]),
                parts[5]);
        if (!point.text().equals(text) || point.rootBytes().length != Hashes.LENGTH) {
            throw new IllegalArgumentException("not a lane's point: " + text);
        }
        return point;
    }
}
