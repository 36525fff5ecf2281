package io.sallyport.kubernetes.http;

import io.sallyport.netty.ProtocolException;
import java.util.Set;

/**
 * The first line of a request.
 *
 * @param method one of the methods that the Kubernetes API has
 * @param target path and query, beginning with a slash, of visible ASCII characters
 */
public record RequestLine(String method, String target) {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /**
     * Checks the parts.
     *
     * @throws ProtocolException if the method is another, or the target is absolute or has a character that it cannot
     */
    public static RequestLine of(String method, String target) {
        if (!METHODS.contains(method)) {
            throw new ProtocolException("a method that the Kubernetes API does not have");
        }
        if (target.isEmpty() || target.charAt(0) != '/') {
            throw new ProtocolException("a target that does not begin with a slash");
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#' || c == '\\') {
                throw new ProtocolException("a character in the path that no path has");
            }
        }
        return new RequestLine(method, target);
    }

    /**
     * Parses a line.
     *
     * @throws ProtocolException also if there is more or less than two spaces, or the version is not HTTP/1.1
     */
    public static RequestLine parse(String line) {
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first <= 0 || last == first || !line.substring(last + 1).equals("HTTP/1.1")) {
            throw new ProtocolException("a request line that is not METHOD PATH HTTP/1.1");
        }
        return of(line.substring(0, first), line.substring(first + 1, last));
    }
}
