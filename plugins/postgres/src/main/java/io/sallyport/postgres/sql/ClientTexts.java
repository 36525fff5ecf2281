package io.sallyport.postgres.sql;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Resource;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts that known clients send by themselves and that cannot be allowed by what they read as. Whole texts are compared,
 * character by character. What psql and drivers send besides passes by analysis and is not listed.
 */
final class ClientTexts {

    private static final Map<String, String> NAMES = Map.of(
            "SELECT set_config(name, 'view, foreign-table', false) FROM pg_settings"
                    + " WHERE name = 'restrict_nonsystem_relation_kind'",
            "restrict-nonsystem-relations");

    private ClientTexts() {}

    /** The access that stands for the text, null if it is none of those. */
    static @Nullable List<Access> accesses(String text) {
        String name = NAMES.get(text);
        return name == null
                ? null
                : List.of(Access.of(
                        PostgresVocabulary.CLIENT_TEXT, Resource.of(PostgresVocabulary.CLIENT, "pg_dump", name)));
    }
}
