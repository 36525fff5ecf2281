package io.sallyport.kubernetes.naming.line;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a query as the API server does, and refuses one of which servers have had different readings. */
public final class QueryText {

    /** Parameters that decide what is done. Of these there is one at most, spelled like this. */
    private static final Set<String> SINGLE = Set.of(
            "watch",
            "fieldSelector",
            "labelSelector",
            "force",
            "gracePeriodSeconds",
            "container",
            "stdin",
            "stdout",
            "stderr",
            "tty",
            "follow");

    /** Parameters that decide what is done, and that may be repeated. */
    private static final Set<String> REPEATED = Set.of("dryRun", "command", "ports");

    private static final Set<String> LOWER_CASE = lowerCase();

    private QueryText() {}

    private static Set<String> lowerCase() {
        Set<String> names = new java.util.HashSet<>();
        SINGLE.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        REPEATED.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return Set.copyOf(names);
    }

    /**
     * The decoded parameters in order of their first mention.
     *
     * @param query what stands behind the question mark
     */
    public static Map<String, List<String>> read(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        int start = 0;
        for (int i = 0; i <= query.length(); i++) {
            if (i == query.length() || query.charAt(i) == '&') {
                add(parameters, query.substring(start, i));
                start = i + 1;
            }
        }
        parameters.replaceAll((name, values) -> List.copyOf(values));
        check(parameters);
        return Collections.unmodifiableMap(parameters);
    }

    private static void add(Map<String, List<String>> parameters, String pair) {
        if (pair.isEmpty()) {
            return;
        }
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
        parameters.computeIfAbsent(name, unused -> new ArrayList<>(1)).add(value);
    }

    private static void check(Map<String, List<String>> parameters) {
        parameters.forEach((name, values) -> {
            if (SINGLE.contains(name) && values.size() > 1) {
                throw new MalformedLineException("the query has " + name + " more than once");
            }
            boolean known = SINGLE.contains(name) || REPEATED.contains(name);
            if (!known && LOWER_CASE.contains(name.toLowerCase(Locale.ROOT))) {
                throw new MalformedLineException("the query has a parameter in another case than its own");
            }
        });
    }

    private static String decoded(String text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int octet = Hex.octet(text, i);
                if (octet < 0) {
                    throw new MalformedLineException("the query has an incomplete percent escape");
                }
                bytes[length++] = (byte) octet;
                i += 2;
            } else if (c == ';' || c <= ' ' || c == '#' || c > '~') {
                // Servers before Go 1.17 separate parameters by a semicolon, later ones drop what has one.
                throw new MalformedLineException("the query has a character that must be escaped");
            } else {
                bytes[length++] = (byte) (c == '+' ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedLineException("the query is not UTF-8");
        }
    }
}
