package io.sallyport.postgres.sql.tree;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One statement, read.
 *
 * @param kind what it is
 * @param start the index of its first character
 * @param end the index behind its last
 * @param acts what it does to what it names
 * @param body the query or data-modifying statement in it
 * @param use what becomes of the body
 * @param definitions expressions that are stored, or run outside of a query
 * @param over the relation whose columns stand in the definitions
 * @param name the prepared statement, cursor or savepoint that it names
 * @param copy what COPY copies
 * @param setting the parameter that it sets and its value
 * @param secrets the places of literals that must not be recorded, as start and end
 * @param flags properties
 * @param opaqueBecause what in it was not read
 */
public record Statement(
        StatementKind kind,
        int start,
        int end,
        List<Act> acts,
        @Nullable Body body,
        BodyUse use,
        List<Expression> definitions,
        @Nullable RelationName over,
        @Nullable String name,
        @Nullable Copy copy,
        @Nullable Setting setting,
        List<int[]> secrets,
        Set<Flag> flags,
        @Nullable String opaqueBecause) {

    /** What becomes of a body. */
    public enum BodyUse {
        /** It runs and its rows leave. */
        RUN,
        /** Its rows are stored, or an object is defined by it. */
        STORE,
        /** It is planned. */
        PLAN,
        /** It runs for EXPLAIN ANALYZE. */
        MEASURE
    }

    /** A property. */
    public enum Flag {
        /** It may change what later statements mean. */
        BARRIER,
        /** It changes what the catalog holds. */
        CHANGES_CATALOG,
        /** It answers with rows. */
        RETURNS_ROWS,
        /** It writes or defines something. */
        WRITES,
        /** The transaction that it begins or shapes may write, whatever the session's default is. */
        READ_WRITE,
        /** It sets an encoding for what follows in which texts cannot be read byte by byte. */
        UNREADABLE_ENCODING
    }

    /**
     * A parameter being set.
     *
     * @param name its name in lower case, {@code *} for all
     * @param value its value where it is one literal or word, null else
     */
    public record Setting(String name, @Nullable String value) {}
}
