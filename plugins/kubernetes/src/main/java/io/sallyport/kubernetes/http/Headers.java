package io.sallyport.kubernetes.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Header fields in order, their names in lower case. Confined to one thread. */
public final class Headers {

    private final List<String> names = new ArrayList<>(12);
    private final List<String> values = new ArrayList<>(12);

    /** No fields. */
    public Headers() {}

    /** Appends a field; the name in lower case. */
    public Headers add(String name, String value) {
        names.add(name);
        values.add(value);
        return this;
    }

    /** How many fields there are. */
    public int size() {
        return names.size();
    }

    /** The name of a field. */
    public String name(int index) {
        return names.get(index);
    }

    /** The value of a field. */
    public String value(int index) {
        return values.get(index);
    }

    /** The value of the first field of a name, null if there is none. */
    public @Nullable String first(String name) {
        int index = names.indexOf(name);
        return index < 0 ? null : values.get(index);
    }

    /** The values of all fields of a name. */
    public List<String> all(String name) {
        List<String> all = new ArrayList<>(1);
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(name)) {
                all.add(values.get(i));
            }
        }
        return all;
    }

    /** How many fields have a name. */
    public int count(String name) {
        int count = 0;
        for (int i = 0; i < names.size(); i++) {
            count += names.get(i).equals(name) ? 1 : 0;
        }
        return count;
    }

    /** Whether the comma-separated list in the fields of a name has a word, in any case. */
    public boolean lists(String name, String word) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(name)) {
                for (String item : values.get(i).split(",", -1)) {
                    if (item.strip().equalsIgnoreCase(word)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
