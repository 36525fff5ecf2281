package io.sallyport.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text with claims in it, such as {@code ci:${project_path}@${ref}}.
 *
 * <p>Two different sets of claim values never give the same text: a value that contains a character which separates two
 * claims is refused, and so is one with control or format characters, which would show something else than is there.
 */
public final class ClaimTemplate {

    private final String text;
    private final List<String> literals;
    private final List<String> claims;
    private final String separators;

    private ClaimTemplate(String text, List<String> literals, List<String> claims) {
        this.text = text;
        this.literals = List.copyOf(literals);
        this.claims = List.copyOf(claims);
        StringBuilder between = new StringBuilder();
        for (int i = 1; i < literals.size() - 1; i++) {
            String separator = separators(literals.get(i));
            if (separator.isEmpty()) {
                throw new IllegalArgumentException(
                        "'" + text + "': two claims need a separator between them, such as '@'");
            }
            between.append(separator);
        }
        this.separators = between.toString();
    }

    /**
     * Reads the spelling of the configuration.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static ClaimTemplate parse(String text) {
        List<String> literals = new ArrayList<>();
        List<String> claims = new ArrayList<>();
        int done = 0;
        for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", done)) {
            int end = text.indexOf('}', start);
            if (end < 0 || end == start + 2) {
                throw new IllegalArgumentException("'" + text + "' has a claim that is not spelled ${name}");
            }
            literals.add(text.substring(done, start));
            claims.add(text.substring(start + 2, end));
            done = end + 1;
        }
        if (claims.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' names no claim; write ${name}");
        }
        literals.add(text.substring(done));
        return new ClaimTemplate(text, literals, claims);
    }

    /**
     * The text for these claims.
     *
     * @throws IllegalArgumentException if a claim is missing or its value is refused; the message names the claim
     */
    public String fill(Map<String, String> values) {
        StringBuilder filled = new StringBuilder(literals.get(0));
        for (int i = 0; i < claims.size(); i++) {
            String claim = claims.get(i);
            String value = values.get(claim);
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException("claim '" + claim + "' is missing, which '" + text + "' needs");
            }
            check(claim, value);
            filled.append(value).append(literals.get(i + 1));
        }
        return filled.toString();
    }

    private void check(String claim, String value) {
        Character unseen = firstUnseen(value);
        if (unseen != null) {
            throw new IllegalArgumentException(
                    String.format("claim '%s' contains the control character U+%04X", claim, (int) unseen));
        }
        for (int i = 0; i < value.length(); i++) {
            if (separators.indexOf(value.charAt(i)) >= 0) {
                throw new IllegalArgumentException("claim '" + claim + "' contains '" + value.charAt(i)
                        + "', which separates the claims of '" + text + "'");
            }
        }
    }

    /** The first character that would not be seen, or would change how others are; null if there is none. */
    static @Nullable Character firstUnseen(String value) {
        for (int i = 0; i < value.length(); i++) {
            switch (Character.getType(value.charAt(i))) {
                case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> {
                    return value.charAt(i);
                }
                default -> {}
            }
        }
        return null;
    }

    private static String separators(String literal) {
        StringBuilder found = new StringBuilder();
        literal.chars().filter(c -> !Character.isLetterOrDigit(c)).forEach(c -> found.append((char) c));
        return found.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
