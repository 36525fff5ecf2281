package io.sallyport.kubernetes.request;

import org.jspecify.annotations.Nullable;

/**
 * Where a request goes: {@code /clusters/NAME} and what follows, byte for byte.
 *
 * @param cluster the target's name
 * @param path path and query for the target, beginning with a slash
 * @param prefix what stands before every path that the client sees
 */
public record Route(String cluster, String path, String prefix) {

    private static final String PREFIX = "/clusters/";

    /**
     * Reads the route, null if the path has none.
     *
     * @param otherwise the target of a path that names none, null if such a path has no route
     */
    public static @Nullable Route of(String target, @Nullable String otherwise) {
        if (!target.startsWith(PREFIX)) {
            return otherwise == null ? null : new Route(otherwise, target, "");
        }
        int end = PREFIX.length();
        while (end < target.length() && named(target.charAt(end))) {
            end++;
        }
        if (end == PREFIX.length()
                || (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?')) {
            return null;
        }
        String rest = target.substring(end);
        String path = rest.startsWith("/") ? rest : "/" + rest;
        return new Route(target.substring(PREFIX.length(), end), path, target.substring(0, end));
    }

    private static boolean named(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }
}
