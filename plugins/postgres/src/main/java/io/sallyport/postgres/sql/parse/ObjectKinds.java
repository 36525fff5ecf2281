package io.sallyport.postgres.sql.parse;

import io.sallyport.api.action.ResourceKind;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import org.jspecify.annotations.Nullable;

/** Reads the words that say of what kind the object of a DROP, ALTER, COMMENT or GRANT is. */
final class ObjectKinds {

    private final TokenCursor cursor;

    ObjectKinds(TokenCursor cursor) {
        this.cursor = cursor;
    }

    /**
     * A kind of object.
     *
     * @param kind the kind of resource
     * @param spelling the words, joined by hyphens
     */
    record ObjectKind(ResourceKind kind, String spelling) {

        boolean isRelation() {
            return kind.equals(PostgresVocabulary.RELATION);
        }

        boolean isRoutine() {
            return kind.equals(PostgresVocabulary.FUNCTION);
        }
    }

    /** Consumes the words; null if they name no kind that is known. */
    @Nullable
    ObjectKind read() {
        String word = cursor.label();
        return switch (word) {
            case "table", "view", "sequence", "index" -> new ObjectKind(PostgresVocabulary.RELATION, word);
            case "materialized" -> second("view", PostgresVocabulary.RELATION, word);
            case "foreign" ->
                cursor.accept("table")
                        ? new ObjectKind(PostgresVocabulary.RELATION, "foreign-table")
                        : foreignDataWrapper();
            case "function", "procedure", "routine", "aggregate" -> new ObjectKind(PostgresVocabulary.FUNCTION, word);
            case "operator" -> operator();
            case "type", "domain" -> new ObjectKind(PostgresVocabulary.TYPE, word);
            case "schema" -> new ObjectKind(PostgresVocabulary.SCHEMA, word);
            case "role", "user", "group" ->
                cursor.accept("mapping")
                        ? new ObjectKind(PostgresVocabulary.OBJECT, "user-mapping")
                        : new ObjectKind(PostgresVocabulary.ROLE, word);
            case "database" -> new ObjectKind(PostgresVocabulary.DATABASE, word);
            case "event" -> second("trigger", PostgresVocabulary.OBJECT, word);
            case "access" -> second("method", PostgresVocabulary.OBJECT, word);
            case "text" -> textSearch();
            case "large" -> second("object", PostgresVocabulary.LARGE_OBJECT, word);
            case "trigger", "rule", "policy", "constraint" -> new ObjectKind(PostgresVocabulary.OBJECT, word);
            case "trusted", "procedural" -> read();
            case "language",
                    "extension",
                    "server",
                    "publication",
                    "subscription",
                    "tablespace",
                    "collation",
                    "conversion",
                    "statistics",
                    "cast",
                    "transform",
                    "column" -> new ObjectKind(PostgresVocabulary.OBJECT, word);
            default -> null;
        };
    }

    private @Nullable ObjectKind foreignDataWrapper() {
        return cursor.accept("data") && cursor.accept("wrapper")
                ? new ObjectKind(PostgresVocabulary.OBJECT, "foreign-data-wrapper")
                : null;
    }

    private ObjectKind operator() {
        if (cursor.acceptAny("class", "family")) {
            return new ObjectKind(PostgresVocabulary.OBJECT, "operator-class");
        }
        return new ObjectKind(PostgresVocabulary.OPERATOR, "operator");
    }

    private @Nullable ObjectKind second(String word, ResourceKind kind, String first) {
        return cursor.accept(word) ? new ObjectKind(kind, first + "-" + word) : null;
    }

    private @Nullable ObjectKind textSearch() {
        if (!cursor.accept("search")) {
            return null;
        }
        return new ObjectKind(PostgresVocabulary.OBJECT, "text-search-" + cursor.label());
    }
}
