package io.sallyport.postgres.startup;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants, read from its startup message.
 *
 * @param target the target's name
 * @param database the database, null for the target's own
 * @param charset the charset of its texts
 * @param passedOn the parameters that the target gets besides account and database
 */
record StartupRequest(String target, @Nullable String database, Charset charset, Map<String, String> passedOn) {

    private static final Set<String> JUDGED_ONLY = Set.of(
            "role",
            "session_authorization",
            "default_transaction_read_only",
            "transaction_read_only",
            "session_replication_role",
            "row_security",
            "allow_system_table_mods",
            "ignore_system_indexes",
            "lo_compat_privileges",
            "session_preload_libraries",
            "local_preload_libraries",
            "dynamic_library_path");

    /** Reads the parameters. */
    static StartupRequest of(Map<String, String> parameters) throws RefusedStartup {
        Map<String, String> rest = new LinkedHashMap<>(parameters);
        String user = rest.remove("user");
        String database = rest.remove("database");
        String replication = rest.remove("replication");
        if (replication != null && !isFalse(replication)) {
            throw new RefusedStartup(
                    "0A000", "replication connections are not let through, since no rule sees their content");
        }
        String name = database == null || database.isEmpty() ? user : database;
        if (name == null || name.isEmpty()) {
            throw new RefusedStartup("28000", "no target named: connect with dbname=TARGET");
        }
        Charset charset = StandardCharsets.UTF_8;
        for (Map.Entry<String, String> parameter : rest.entrySet()) {
            String key = parameter.getKey().toLowerCase(Locale.ROOT);
            check(key);
            if (key.equals("client_encoding")) {
                charset = charset(parameter.getValue());
            } else if (key.equals("options")) {
                for (String setting : options(parameter.getValue())) {
                    check(setting);
                }
            }
        }
        int slash = name.indexOf('/');
        return slash < 0
                ? new StartupRequest(name, null, charset, rest)
                : new StartupRequest(name.substring(0, slash), name.substring(slash + 1), charset, rest);
    }

    private static Charset charset(String name) throws RefusedStartup {
        Charset charset = Encodings.charset(name);
        if (charset == null) {
            throw new RefusedStartup(
                    "0A000",
                    "statements in this client_encoding cannot be read safely: use UTF8 or a single-byte encoding");
        }
        return charset;
    }

    private static void check(String setting) throws RefusedStartup {
        if (JUDGED_ONLY.contains(setting)) {
            throw new RefusedStartup(
                    "42501",
                    "the setting '" + setting
                            + "' is not taken at startup: send a SET after login, where it is judged");
        }
    }

    private static boolean isFalse(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "false", "off", "no", "0", "f", "n" -> true;
            default -> false;
        };
    }

    /**
     * The names of the settings in {@code options}, split as PostgreSQL does (pg_split_opts: white space separates, a
     * backslash takes the next character as it is). Switches other than {@code -c} and {@code --} are refused.
     */
    private static List<String> options(String text) throws RefusedStartup {
        List<String> names = new ArrayList<>();
        List<String> words = words(text);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String assignment;
            if (word.equals("-c") && i + 1 < words.size()) {
                assignment = words.get(++i);
            } else if (word.startsWith("-c") || word.startsWith("--")) {
                assignment = word.substring(2);
            } else {
                throw new RefusedStartup("0A000", "of 'options' only -c NAME=VALUE and --NAME=VALUE are taken");
            }
            int equals = assignment.indexOf('=');
            String name = equals < 0 ? assignment : assignment.substring(0, equals);
            names.add(name.replace('-', '_').toLowerCase(Locale.ROOT));
        }
        return names;
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
