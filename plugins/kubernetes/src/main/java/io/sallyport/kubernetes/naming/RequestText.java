package io.sallyport.kubernetes.naming;

import io.sallyport.api.action.Access;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as a person reads it and as text patterns match it: verb and resource on the first line, then the parameters, one on
 * a line and in the order of their names. The HTTP method and spellings leave no trace.
 */
final class RequestText {

    private RequestText() {}

    static String head(Access access, List<String> rest, Map<String, List<String>> query) {
        StringBuilder text = new StringBuilder(64);
        text.append(access.verb()).append(' ').append(access.resource());
        if (access.verb().equals(KubernetesVocabulary.DELETE_COLLECTION)) {
            text.append(access.traits().contains(KubernetesVocabulary.NO_SELECTOR) ? " (all)" : " (all that match)");
        }
        if (!rest.isEmpty()) {
            text.append("\npath: /");
            appendLine(text, String.join("/", rest));
        }
        new TreeMap<>(query).forEach((name, values) -> {
            text.append('\n');
            appendLine(text, name);
            text.append(':');
            values.forEach(value -> {
                text.append(' ');
                appendLine(text, value);
            });
        });
        return text.toString();
    }

    /** A value cannot begin a line of its own. */
    private static void appendLine(StringBuilder text, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }
}
