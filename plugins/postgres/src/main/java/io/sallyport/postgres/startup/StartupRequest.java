package io.sallyport.postgres.startup;

import io.sallyport.postgres.target.RefusedStartup;
import io.sallyport.postgres.wire.Encodings;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants, read from its startup message.
 *
 * @param target the target's name
 * @param database the database, null for the target's own
 * @param charset the charset of its texts
 * @param passedOn the parameters that the target gets besides account and database
 * @param settings the settings among them, those in {@code options} too, that are judged as SET is
 */
record StartupRequest(
        String target,
        @Nullable String database,
        Charset charset,
        Map<String, String> passedOn,
        List<Relays.Setting> settings) {

    private static final String ENCODING = "client_encoding";
    private static final String OPTIONS = "options";

    /** Whatever its value, it changes nothing but what logs say. */
    private static final String APPLICATION = "application_name";

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
        List<Relays.Setting> settings = new ArrayList<>();
        for (Map.Entry<String, String> parameter : rest.entrySet()) {
            String key = parameter.getKey().toLowerCase(Locale.ROOT);
            if (key.equals(OPTIONS)) {
                settings.addAll(StartupOptions.read(parameter.getValue()));
            } else {
                settings.add(new Relays.Setting(key, parameter.getValue()));
            }
        }
        for (Relays.Setting setting : settings) {
            if (setting.name().equals(ENCODING)) {
                charset = charset(setting.value());
            }
        }
        settings.removeIf(
                setting -> setting.name().equals(ENCODING) || setting.name().equals(APPLICATION));
        int slash = name.indexOf('/');
        return new StartupRequest(
                slash < 0 ? name : name.substring(0, slash),
                slash < 0 ? null : name.substring(slash + 1),
                charset,
                rest,
                List.copyOf(settings));
    }

    /** What the target gets if one of the settings is denied: nothing that was judged. */
    Map<String, String> passedOnWithoutSettings() {
        Map<String, String> harmless = new LinkedHashMap<>(passedOn);
        harmless.keySet().removeIf(name -> !name.equals(ENCODING) && !name.equals(APPLICATION));
        return harmless;
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

    private static boolean isFalse(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "false", "off", "no", "0", "f", "n" -> true;
            default -> false;
        };
    }
}
