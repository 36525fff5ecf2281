package io.sallyport.kubernetes.naming.line;

import org.jspecify.annotations.Nullable;

/** The one thing that matters of a field selector: whether it restricts a collection to one object. */
public final class FieldSelector {

    private static final String NAME = "metadata.name";

    private FieldSelector() {}

    /** The only name that the selector lets through; null if there may be others, or if the text is not plain. */
    public static @Nullable String name(String selector) {
        if (selector.indexOf('\\') >= 0) {
            return null;
        }
        String found = null;
        int start = 0;
        for (int i = 0; i <= selector.length(); i++) {
            if (i == selector.length() || selector.charAt(i) == ',') {
                String name = required(selector.substring(start, i));
                if (name != null && found != null && !name.equals(found)) {
                    return null;
                }
                found = name == null ? found : name;
                start = i + 1;
            }
        }
        return found;
    }

    private static @Nullable String required(String term) {
        if (!term.startsWith(NAME) || term.startsWith("!=", NAME.length())) {
            return null;
        }
        int operator = term.startsWith("==", NAME.length()) ? 2 : term.startsWith("=", NAME.length()) ? 1 : 0;
        String name = term.substring(NAME.length() + operator);
        return operator == 0 || !ObjectPath.plainName(name) ? null : name;
    }
}
