package io.sallyport.postgres.sql.oracle;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import java.util.Optional;

/** PostgreSQL's own parser, from the C library libpg_query (Debian: libpg-query-dev). */
final class LibPgQuery {

    private final Functions functions;

    private LibPgQuery(Functions functions) {
        this.functions = functions;
    }

    /** The functions of the library. */
    public interface Functions extends Library {

        /** Parses into JSON. */
        ParseResult.ByValue pg_query_parse(String input);

        /** Frees a result. */
        void pg_query_free_parse_result(ParseResult.ByValue result);
    }

    /** PgQueryParseResult. */
    @Structure.FieldOrder({"tree", "stderr", "error"})
    public static class ParseResult extends Structure {
        /** The tree as JSON. */
        public Pointer tree;
        /** What was printed. */
        public Pointer stderr;
        /** The error, or null. */
        public Pointer error;

        /** The structure itself rather than a pointer to it. */
        public static class ByValue extends ParseResult implements Structure.ByValue {}
    }

    /** The library, if it is installed. */
    static Optional<LibPgQuery> load() {
        try {
            System.setProperty("jna.encoding", "UTF-8");
            return Optional.of(new LibPgQuery(Native.load("pg_query", Functions.class)));
        } catch (UnsatisfiedLinkError e) {
            return Optional.empty();
        }
    }

    /** The tree as JSON; empty if the parser refuses the text. */
    Optional<String> parse(String text) {
        ParseResult.ByValue result = functions.pg_query_parse(text);
        try {
            return result.error != null ? Optional.empty() : Optional.of(result.tree.getString(0, "UTF-8"));
        } finally {
            functions.pg_query_free_parse_result(result);
        }
    }
}
