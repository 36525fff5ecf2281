package io.sallyport.journal.read;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far a reader has come: for each lane the place of the record that it reads next. A value that a sink keeps and begins with again.
 *
 * @param places the places, by lane; a lane that is missing is read from its beginning
 */
public record Cursor(SortedMap<String, Place> places) {

    /**
     * A place in a lane.
     *
     * @param segment the number of the segment
     * @param offset the offset in it, in bytes
     */
    public record Place(long segment, int offset) {}

    public Cursor {
        places = new TreeMap<>(places);
    }

    /** Before the first record. */
    public static Cursor start() {
        return new Cursor(new TreeMap<>());
    }

    /** The cursor as text: {@code LANE=SEGMENT:OFFSET} with commas. */
    public String text() {
        return places.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().segment() + ":"
                        + entry.getValue().offset())
                .collect(Collectors.joining(","));
    }

    /**
     * The cursor in a text that {@link #text()} gave.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Cursor parse(String text) {
        SortedMap<String, Place> places = new TreeMap<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int equals = part.indexOf('=');
            int colon = part.indexOf(':', equals + 1);
            if (equals < 1 || colon < 0) {
                throw new IllegalArgumentException("not a place in a lane: " + part);
            }
            places.put(
                    part.substring(0, equals),
                    new Place(
                            Long.parseLong(part.substring(equals + 1, colon)),
                            Integer.parseInt(part.substring(colon + 1))));
        }
        return new Cursor(places);
    }

    /** The number of the segment that is read next in a lane; 0 if nothing of that lane has been read. */
    public long segment(String lane) {
        Place place = places.get(lane);
        return place == null ? 0 : place.segment();
    }

    /** The places, as a copy. */
    @Override
    public SortedMap<String, Place> places() {
        return new TreeMap<>(places);
    }

    Map<String, Place> raw() {
        return places;
    }
}
