package io.sallyport.config.binding;

/** How the place of a value is spelled: {@code grants[0].scope}. */
public final class Paths {

    private Paths() {}

    /** The place of a key's value. */
    public static String key(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The place of a list's item. */
    public static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    /** A Java name in kebab-case: {@code maxStatement} is spelled {@code max-statement}. */
    public static String kebab(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) {
                text.append(i == 0 ? "" : "-").append(Character.toLowerCase(c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** An enum's constant in kebab-case: {@code API_REQUEST} is spelled {@code api-request}. */
    public static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
