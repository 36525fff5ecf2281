package io.sallyport.api.action;

import java.util.ArrayList;
import java.util.List;

/**
 * What an access is done to: a kind and its segments.
 *
 * <p>A resource with a segment {@link #ALL} is a collection: whatever there is in that place. A pattern covers it only if
 * its own segment says {@code *} too, and touches it if it names anything in that place.
 *
 * <p>In a kind whose separator is a slash, a last segment {@code **} behind others stands for whatever lies below them.
 *
 * @param kind the family and spelling
 * @param segments the parts of the name as the target means them (folded, unquoted), never empty
 * @param resolved false where only the last segment is known: such a resource is covered by no scope entry and touched
 *     by every rule that could mean it
 */
public record Resource(ResourceKind kind, List<String> segments, boolean resolved) {

    /** The segment that stands for all that there are, as in a list or in a deletion of everything. */
    public static final String ALL = "*";

    private static final String ANYTHING = "**";

    /** Copies the segments. */
    public Resource {
        segments = List.copyOf(segments);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("a resource has at least one segment");
        }
    }

    /** A resource that is fully known. */
    public static Resource of(ResourceKind kind, String... segments) {
        return new Resource(kind, List.of(segments), true);
    }

    /** A resource of which only the last segment is known. */
    public static Resource unresolved(ResourceKind kind, String lastSegment) {
        return new Resource(kind, List.of(lastSegment), false);
    }

    /** A resource of which nothing is known: covered by no scope entry and touched by every rule on its kind. */
    public static Resource unknown(ResourceKind kind) {
        return new Resource(kind, List.of(ANYTHING), false);
    }

    /** Whether nothing but the kind is known. */
    public boolean unknown() {
        return !resolved && lastSegment().equals(ANYTHING);
    }

    /**
     * Whatever lies below these segments, at any depth; not what they name themselves.
     *
     * @throws IllegalArgumentException if the kind's separator is not a slash
     */
    public static Resource below(ResourceKind kind, List<String> segments) {
        if (kind.separator() != '/' || segments.isEmpty()) {
            throw new IllegalArgumentException("only what is spelled with slashes has something below it");
        }
        List<String> all = new ArrayList<>(segments);
        all.add(ANYTHING);
        return new Resource(kind, all, true);
    }

    /** Whether this is what lies below the segments before the last one. */
    public boolean reachesBelow() {
        return kind.separator() == '/'
                && segments.size() > 1
                && resolved
                && lastSegment().equals(ANYTHING);
    }

    /** The segment that a person would call the name. */
    public String lastSegment() {
        return segments.get(segments.size() - 1);
    }

    /** The canonical spelling; segments that contain the separator, a quote, a glob or white space are double-quoted. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!kind.prefix().isEmpty()) {
            text.append(kind.prefix()).append(':');
        }
        if (!resolved) {
            text.append('?').append(kind.separator());
        }
        for (int i = 0; i < segments.size(); i++) {
            if (i > 0) {
                text.append(kind.separator());
            }
            appendSegment(text, i);
        }
        return text.toString();
    }

    private void appendSegment(StringBuilder text, int number) {
        String segment = segments.get(number);
        if (isRoot(number) || (number > 0 && number == segments.size() - 1 && reachesBelow())) {
            text.append(segment);
        } else if (segment.isEmpty() || needsQuotes(segment)) {
            text.append('"').append(segment.replace("\"", "\"\"")).append('"');
        } else {
            text.append(segment);
        }
    }

    /** What stands before the first slash of an absolute path is empty, and the root has nothing behind it either. */
    private boolean isRoot(int number) {
        boolean absolute = kind.separator() == '/'
                && segments.size() > 1
                && segments.get(0).isEmpty();
        return absolute
                && (number == 0 || (segments.size() == 2 && segments.get(number).isEmpty()));
    }

    private boolean needsQuotes(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == kind.separator() || c == '"' || c <= ' ' || (c == '*' && segment.length() > 1)) {
                return true;
            }
        }
        return false;
    }
}
