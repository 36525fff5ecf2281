package io.sallyport.demo.cluster.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request, read whole.
 *
 * @param method as sent
 * @param path without the query
 * @param query the decoded parameters
 * @param headers by name in lower case, several values joined by a comma
 * @param body empty if there is none
 */
public record Request(
        String method, String path, Map<String, List<String>> query, Map<String, String> headers, byte[] body) {

    static Request of(String method, String target, Map<String, String> headers, byte[] body) {
        int question = target.indexOf('?');
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (question >= 0) {
            for (String pair : target.substring(question + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                query.computeIfAbsent(name, unused -> new ArrayList<>())
                        .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return new Request(method, question < 0 ? target : target.substring(0, question), query, headers, body);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The first value of a parameter, empty if there is none. */
    public String parameter(String name) {
        return query.getOrDefault(name, List.of("")).get(0);
    }

    /** Whether a parameter is true. */
    public boolean flag(String name) {
        String value = query.containsKey(name) ? parameter(name).toLowerCase(Locale.ROOT) : "false";
        return !value.equals("false") && !value.equals("0");
    }

    /** A header, empty if there is none. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
