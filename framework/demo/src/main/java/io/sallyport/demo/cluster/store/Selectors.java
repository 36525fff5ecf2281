package io.sallyport.demo.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;

/** Label and field selectors, as far as equality and existence. */
final class Selectors {

    private Selectors() {}

    static boolean match(JsonNode object, String labels, String fields) {
        JsonNode known = object.path("metadata").path("labels");
        for (String term : labels.split(",", -1)) {
            if (!term.isBlank() && !label(known, term.strip())) {
                return false;
            }
        }
        for (String term : fields.split(",", -1)) {
            if (!term.isBlank() && !field(object, term.strip())) {
                return false;
            }
        }
        return true;
    }

    private static boolean label(JsonNode labels, String term) {
        if (term.startsWith("!")) {
            return !labels.has(term.substring(1));
        }
        int equals = term.indexOf('=');
        if (equals < 0) {
            return labels.has(term);
        }
        boolean not = equals > 0 && term.charAt(equals - 1) == '!';
        String name = term.substring(0, not ? equals - 1 : equals);
        String value = value(term, equals);
        return not != (labels.has(name) && labels.path(name).asText().equals(value));
    }

    private static boolean field(JsonNode object, String term) {
        int equals = term.indexOf('=');
        if (equals < 1) {
            throw new ApiFailure(400, "BadRequest", "invalid field selector: " + term);
        }
        boolean not = term.charAt(equals - 1) == '!';
        JsonNode found = object;
        for (String name : term.substring(0, not ? equals - 1 : equals).split("\\.", -1)) {
            found = found.path(name);
        }
        return not != found.asText().equals(value(term, equals));
    }

    private static String value(String term, int equals) {
        return term.substring(equals + (term.startsWith("==", equals) ? 2 : 1));
    }
}
