package io.sallyport.api.action;

/** The form that verbs, traits and the prefixes of resources have. */
final class Words {

    private Words() {}

    static String checked(String word, String what) {
        boolean valid = !word.isEmpty();
        for (int i = 0; i < word.length() && valid; i++) {
            char c = word.charAt(i);
            valid = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && i > 0);
        }
        if (!valid) {
            throw new IllegalArgumentException(what + " must be lower case words joined by hyphens: '" + word + "'");
        }
        return word;
    }
}
