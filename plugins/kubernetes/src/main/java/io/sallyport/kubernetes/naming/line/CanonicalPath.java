package io.sallyport.kubernetes.naming.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits a path that has one reading only, and refuses all others: what a server, a proxy before it and this reader might
 * see differently is not guessed. The API server itself does not normalize paths.
 */
public final class CanonicalPath {

    private static final Set<String> PROXIED = Set.of("pods", "services");
    private static final int IN_NAMESPACE = 7;
    private static final int IN_CLUSTER = 5;
    private static final String UNRESERVED_MARKS = "-._~";
    private static final String OTHER_MARKS = "!$&'()*+,=:@";

    private CanonicalPath() {}

    /**
     * The decoded segments.
     *
     * @param segments without the empty one before the first slash; none for the root
     * @param rest how many of them, at the end, belong to the path that is handed on to a pod, service or node
     */
    public record Split(List<String> segments, int rest) {}

    /** Splits a path that begins with a slash. */
    public static Split split(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            throw new MalformedLineException("the path does not begin with a slash");
        }
        if (path.length() == 1) {
            return new Split(List.of(), 0);
        }
        List<String> raw = rawSegments(path);
        int named = namedSegments(raw);
        List<String> segments = new ArrayList<>(raw.size());
        for (int i = 0; i < raw.size(); i++) {
            segments.add(decoded(raw.get(i), i >= named, i == raw.size() - 1));
        }
        return new Split(List.copyOf(segments), raw.size() - named);
    }

    private static List<String> rawSegments(String path) {
        List<String> raw = new ArrayList<>();
        int start = 1;
        for (int i = 1; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/') {
                raw.add(path.substring(start, i));
                start = i + 1;
            }
        }
        return raw;
    }

    /** How many segments name an object: all, unless the path goes on behind a proxy subresource. */
    private static int namedSegments(List<String> raw) {
        if (raw.size() > IN_CLUSTER - 1 && raw.get(0).equals("api")) {
            if (raw.get(2).equals("nodes") && raw.get(4).equals("proxy")) {
                return IN_CLUSTER;
            }
            if (raw.size() > IN_NAMESPACE - 1
                    && raw.get(2).equals("namespaces")
                    && PROXIED.contains(raw.get(4))
                    && raw.get(6).equals("proxy")) {
                return IN_NAMESPACE;
            }
        }
        return raw.size();
    }

    private static String decoded(String raw, boolean handedOn, boolean last) {
        if (raw.isEmpty() && !(handedOn && last)) {
            throw new MalformedLineException("the path has an empty segment, so it has more than one reading");
        }
        if (raw.equals(".") || raw.equals("..")) {
            throw new MalformedLineException("the path has a dot segment, so it has more than one reading");
        }
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                text.append(escaped(raw, i, handedOn));
                i += 2;
            } else if (plain(c) || OTHER_MARKS.indexOf(c) >= 0) {
                text.append(c);
            } else {
                throw new MalformedLineException("the path has a character that does not belong in one");
            }
        }
        return text.toString();
    }

    private static boolean plain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || UNRESERVED_MARKS.indexOf(c) >= 0;
    }

    /** An escape is accepted where it cannot be left out, or stands for a mark that some clients always escape. */
    private static char escaped(String raw, int at, boolean handedOn) {
        int octet = Hex.octet(raw, at);
        if (octet < 0) {
            throw new MalformedLineException("the path has an incomplete percent escape");
        }
        char c = (char) octet;
        boolean harmless = OTHER_MARKS.indexOf(c) >= 0 || "\"<>[]^`{|}".indexOf(c) >= 0;
        boolean data = handedOn && (c == ' ' || octet >= 0x80);
        if (!harmless && !data) {
            throw new MalformedLineException(
                    "the path has a percent escape that it need not or must not have, so it has more than one reading");
        }
        return c;
    }
}
