package io.sallyport.api.surface;

import java.util.Set;

/**
 * One line of the listing: a type's head or one of its members.
 *
 * @param text the line without indentation
 * @param types every type that the line shows
 */
record ApiLine(String text, Set<Class<?>> types) implements Comparable<ApiLine> {

    ApiLine {
        types = Set.copyOf(types);
    }

    @Override
    public int compareTo(ApiLine other) {
        return text.compareTo(other.text);
    }
}
