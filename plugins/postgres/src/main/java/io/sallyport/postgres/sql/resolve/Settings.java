package io.sallyport.postgres.sql.resolve;

import io.sallyport.api.action.Resource;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import io.sallyport.postgres.wire.Encodings;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What setting a parameter does to the session. */
public final class Settings {

    private static final Set<String> MEANING = Set.of(
            "search_path",
            "standard_conforming_strings",
            "backslash_quote",
            "role",
            "session_authorization",
            "client_encoding",
            "transform_null_equals");

    private Settings() {}

    /** Whether the setting changes what later statements mean. */
    public static boolean changesMeaning(String setting) {
        return MEANING.contains(setting) || setting.equals("*");
    }

    /**
     * Notes that a parameter is set.
     *
     * @param setting its name in lower case; {@code *} for any
     * @param value the value, null if it is not known or the default
     */
    public static void note(Resolver resolver, String setting, @Nullable String value) {
        if (setting.equals("client_encoding") && value != null && Encodings.charset(value) == null) {
            resolver.unreadableEncoding();
        }
        if (setting.equals("role") || setting.equals("session_authorization") || setting.equals("*")) {
            Resource role = value == null || value.isEmpty()
                    ? Resource.of(PostgresVocabulary.ROLE, "default")
                    : Resource.of(PostgresVocabulary.ROLE, value);
            resolver.accesses().add(PostgresVocabulary.SET_ROLE, role, 0);
        }
        if (setting.equals("*")) {
            resolver.accesses()
                    .add(
                            PostgresVocabulary.SET,
                            Resource.unresolved(PostgresVocabulary.SETTING, "*"),
                            AccessCollector.DYNAMIC);
        } else {
            resolver.accesses().add(PostgresVocabulary.SET, Resource.of(PostgresVocabulary.SETTING, setting), 0);
        }
    }
}
