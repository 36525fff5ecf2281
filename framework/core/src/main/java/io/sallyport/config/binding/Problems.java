package io.sallyport.config.binding;

import io.sallyport.api.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Collects everything that is wrong with one file. Values that must not be seen are announced to it and never shown.
 *
 * <p>Confined to one thread.
 */
public final class Problems {

    private final String file;
    private final List<Problem> found = new ArrayList<>();
    private final List<String> hidden = new ArrayList<>();
    private final List<Secret> secrets = new ArrayList<>();

    /** Collects for a file, which is shown by this name. */
    public Problems(String file) {
        this.file = file;
    }

    /** Adds a problem at the place of a node. */
    public void add(Node node, String path, String text) {
        add(node.line(), path, text);
    }

    /** Adds a problem at a line. */
    public void add(int line, String path, String text) {
        String shown = text;
        for (String value : hidden) {
            shown = shown.replace(value, "***");
        }
        found.add(
                new Problem(file, line, path, showsSecret(shown) ? "refused; the reason would show a secret" : shown));
    }

    /** All problems, by line. */
    public List<Problem> all() {
        return found.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .distinct()
                .toList();
    }

    /** How many there are. */
    public int count() {
        return found.size();
    }

    /** From now on this text appears as stars. */
    void hide(String value) {
        if (!value.isBlank()) {
            hidden.add(value);
            hidden.sort(Comparator.comparingInt(String::length).reversed());
        }
    }

    /** From now on no text that contains the secret is shown. */
    void hide(Secret secret) {
        secrets.add(secret);
    }

    private boolean showsSecret(String text) {
        byte[] shown = text.getBytes(StandardCharsets.UTF_8);
        for (Secret secret : secrets) {
            byte[] value = secret.copy();
            boolean contained = contains(shown, value);
            Arrays.fill(value, (byte) 0);
            if (contained) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(byte[] text, byte[] part) {
        if (part.length == 0) {
            return false;
        }
        for (int i = 0; i + part.length <= text.length; i++) {
            if (Arrays.equals(text, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
