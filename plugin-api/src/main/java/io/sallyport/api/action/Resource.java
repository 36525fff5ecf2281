package io.sallyport.api.action;

import java.util.List;

/**
 * What an access is done to: a kind and its segments.
 *
 * <p>A resource with a segment {@link #ALL} is a collection: whatever there is in that place. A pattern covers it only if
 * its own segment says {@code *} too, and touches it if it names anything in that place.
 *
 * @param kind the family and spelling
 * @param segments the parts of the name as the target means them (folded, unquoted), never empty
 * @param resolved false where only the last segment is known: such a resource is covered by no scope entry and touched
 *     by every rule that could mean it
 */
public record Resource(ResourceKind kind, List<String> segments, boolean resolved) {

    /** The segment that stands for all that there are, as in a list or in a deletion of everything. */
    public static final String ALL = "*";

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
            // A path begins with the separator: there is nothing before it.
            boolean root = i == 0
                    && kind.separator() == '/'
                    && segments.size() > 1
                    && segments.get(0).isEmpty();
            if (!root) {
                appendSegment(text, segments.get(i));
            }
        }
        return text.toString();
    }

    private void appendSegment(StringBuilder text, String segment) {
        if (segment.isEmpty() || needsQuotes(segment)) {
            text.append('"').append(segment.replace("\"", "\"\"")).append('"');
        } else {
            text.append(segment);
        }
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
