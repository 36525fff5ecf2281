package io.sallyport.postgres.startup;

import io.sallyport.postgres.target.RefusedStartup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The settings in the startup parameter {@code options}, split as PostgreSQL does (pg_split_opts: white space separates, a
 * backslash takes the next character as it is). Switches other than {@code -c} and {@code --} are refused.
 */
final class StartupOptions {

    private StartupOptions() {}

    static List<Relays.Setting> read(String text) throws RefusedStartup {
        List<Relays.Setting> settings = new ArrayList<>();
        List<String> words = words(text);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String assignment;
            if (word.equals("-c") && i + 1 < words.size()) {
                i++;
                assignment = words.get(i);
            } else if (word.startsWith("-c") || word.startsWith("--")) {
                assignment = word.substring(2);
            } else {
                throw new RefusedStartup("0A000", "of 'options' only -c NAME=VALUE and --NAME=VALUE are taken");
            }
            int equals = assignment.indexOf('=');
            String name = equals < 0 ? assignment : assignment.substring(0, equals);
            settings.add(new Relays.Setting(
                    name.replace('-', '_').toLowerCase(Locale.ROOT),
                    equals < 0 ? "" : assignment.substring(equals + 1)));
        }
        return settings;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean space = c == ' ' || (c >= '\t' && c <= '\r');
            if (space && inWord) {
                words.add(word.toString());
                word.setLength(0);
                inWord = false;
            } else if (!space) {
                inWord = true;
                if (c == '\\' && i + 1 < text.length()) {
                    i++;
                    c = text.charAt(i);
                }
                word.append(c);
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
