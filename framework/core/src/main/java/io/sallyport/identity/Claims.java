package io.sallyport.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token's claims as text by their names. A claim inside of an object is named by the path to it, such as {@code
 * kubernetes.io.namespace}; lists have no name. Two claims that would have one name are refused: a grant could not tell
 * which of them it reads.
 */
final class Claims {

    private static final int DEEPEST = 5;
    private static final int MOST = 1000;

    private final Map<String, String> texts = new LinkedHashMap<>();

    private Claims() {}

    /** The claims that are text, number or truth value. */
    static Map<String, String> of(JsonNode claims) throws RejectedException {
        Claims all = new Claims();
        all.add("", claims, 1);
        return all.texts;
    }

    private void add(String prefix, JsonNode object, int depth) throws RejectedException {
        for (Map.Entry<String, JsonNode> claim : object.properties()) {
            String name = prefix + claim.getKey();
            JsonNode value = claim.getValue();
            if (value.isObject() && depth < DEEPEST) {
                add(name + ".", value, depth + 1);
            } else if (value.isValueNode() && !value.isNull()) {
                put(name, value.asText());
            }
        }
    }

    private void put(String name, String text) throws RejectedException {
        if (texts.size() >= MOST) {
            throw new RejectedException("the token has more than " + MOST + " claims");
        }
        if (texts.putIfAbsent(name, text) != null) {
            throw new RejectedException("two claims are called " + RejectedException.shown(name));
        }
    }
}
