package io.sallyport.kubernetes.naming.line;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the object in a path, with the API server's own rules (RequestInfoFactory in k8s.io/apiserver): the order in which it
 * takes segments off decides which of them is a namespace, a name or a subresource.
 *
 * @param parts what the path names
 * @param watch whether the path says that it is a watch, in the form before the query parameter
 * @param more whether segments follow that this reader gives no meaning
 */
public record ObjectPath(Parts parts, boolean watch, boolean more) {

    private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    /**
     * The parts of an object's path.
     *
     * @param group empty for the core
     * @param version the version
     * @param namespace null if the path has none
     * @param plural the kind's plural name
     * @param name null for a collection
     * @param subresource null if there is none
     */
    public record Parts(
            String group,
            String version,
            @Nullable String namespace,
            String plural,
            @Nullable String name,
            @Nullable String subresource) {}

    /** Reads the segments; null if they name no object. */
    public static @Nullable ObjectPath read(CanonicalPath.Split path) {
        List<String> segments = path.segments();
        if (segments.isEmpty()) {
            return null;
        }
        String prefix = segments.get(0);
        if (!prefix.equals("api") && !prefix.equals("apis")) {
            refuseOtherSpelling(prefix);
            return null;
        }
        int at = prefix.equals("api") ? 1 : 2;
        if (segments.size() < at + 2) {
            return null;
        }
        String group = at == 1 ? "" : segments.get(1);
        if (!group.isEmpty() && !subdomain(group)) {
            throw new MalformedLineException("the path has something else than an API group behind /apis");
        }
        String version = segments.get(at);
        if (!label(version)) {
            throw new MalformedLineException("the path has something else than a version behind the API group");
        }
        return read(group, version, segments.subList(at + 1, segments.size()), path.rest());
    }

    private static void refuseOtherSpelling(String prefix) {
        String lower = prefix.toLowerCase(Locale.ROOT);
        if (lower.equals("api") || lower.equals("apis")) {
            throw new MalformedLineException("paths of the API are in lower case");
        }
    }

    private static ObjectPath read(String group, String version, List<String> parts, int rest) {
        boolean watch = parts.get(0).equals("watch");
        if (parts.get(0).equals("proxy")) {
            throw new MalformedLineException("paths below proxy are no longer served; use the subresource proxy");
        }
        List<String> left = watch ? parts.subList(1, parts.size()) : parts;
        if (left.isEmpty()) {
            throw new MalformedLineException("the path names nothing to watch");
        }
        String namespace = null;
        if (left.get(0).equals("namespaces") && left.size() > 1) {
            namespace = left.get(1);
            if (!label(namespace)) {
                throw new MalformedLineException("the path has something else than a namespace's name");
            }
            if (left.size() > 2 && !NAMESPACE_SUBRESOURCES.contains(left.get(2))) {
                left = left.subList(2, left.size());
            }
        }
        String name = left.size() > 1 ? left.get(1) : null;
        String subresource = left.size() > 2 ? left.get(2) : null;
        boolean more = left.size() - rest > 3;
        return new ObjectPath(new Parts(group, version, namespace, left.get(0), name, subresource), watch, more);
    }

    /** Whether a text is an RFC 1123 label, as namespaces, plurals and versions are. */
    public static boolean label(String text) {
        return text.length() <= LONGEST_LABEL && subdomain(text) && text.indexOf('.') < 0;
    }

    private static boolean subdomain(String text) {
        boolean valid = !text.isEmpty() && text.length() <= LONGEST_NAME;
        char before = '.';
        for (int i = 0; i <= text.length() && valid; i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            boolean edge = before == '.' || c == '.';
            valid = (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || (c == '-' && !edge)
                    || (c == '.' && before != '.' && before != '-');
            before = c;
        }
        return valid;
    }

    /** Whether a text can be an object's name and has no meaning of its own in a resource. */
    public static boolean plainName(String text) {
        boolean plain = !text.isEmpty() && text.length() <= LONGEST_NAME && !text.equals("*");
        for (int i = 0; i < text.length() && plain; i++) {
            char c = text.charAt(i);
            plain = c > ' ' && c < 0x7f && "/%*\"\\,=".indexOf(c) < 0;
        }
        return plain;
    }
}
