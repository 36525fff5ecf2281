package io.sallyport.journal.segment;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The name of a segment's file: {@code LANE.NUMBER.segment}, the number with ten digits so that names sort.
 *
 * @param lane the lane's name
 * @param number the segment's number
 */
public record SegmentName(String lane, long number) {

    private static final String SUFFIX = ".segment";
    private static final int DIGITS = 10;

    /** Whether a lane may have this name: 1 to 64 of the characters a-z, A-Z, 0-9, dot, underscore and hyphen. */
    public static boolean valid(String lane) {
        return !lane.isEmpty() && lane.length() <= 64 && lane.chars().allMatch(SegmentName::allowed);
    }

    private static boolean allowed(int c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    }

    /** The file in this directory. */
    public Path in(Path directory) {
        String digits = Long.toString(number);
        return directory.resolve(lane + "." + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits + SUFFIX);
    }

    /** The name of this file; empty if it is no segment's. */
    public static Optional<SegmentName> of(Path file) {
        String name = String.valueOf(file.getFileName());
        int digits = name.length() - SUFFIX.length() - DIGITS;
        if (!name.endsWith(SUFFIX) || digits < 2 || name.charAt(digits - 1) != '.') {
            return Optional.empty();
        }
        long number = 0;
        for (int i = digits; i < digits + DIGITS; i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9') {
                return Optional.empty();
            }
            number = number * 10 + (c - '0');
        }
        return Optional.of(new SegmentName(name.substring(0, digits - 1), number));
    }

    /** All segments of a directory: lane, then number. */
    public static SortedMap<String, NavigableMap<Long, Path>> list(Path directory) throws IOException {
        SortedMap<String, NavigableMap<Long, Path>> lanes = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                of(file).ifPresent(name -> lanes.computeIfAbsent(name.lane(), lane -> new TreeMap<>())
                        .put(name.number(), file));
            }
        }
        return lanes;
    }
}
