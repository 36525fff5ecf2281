package io.sallyport.postgres.sql;

import io.sallyport.postgres.sql.catalog.Catalog;
import io.sallyport.postgres.sql.catalog.LineageReader;
import io.sallyport.postgres.sql.catalog.Relation;
import io.sallyport.postgres.sql.lex.Lexer;
import io.sallyport.postgres.sql.lex.LexicalException;
import io.sallyport.postgres.sql.parse.StatementParser;
import io.sallyport.postgres.sql.parse.TokenCursor;
import io.sallyport.postgres.sql.parse.UnreadableException;
import io.sallyport.postgres.sql.resolve.Names;
import io.sallyport.postgres.sql.resolve.Resolver;
import io.sallyport.postgres.sql.tree.Body;
import io.sallyport.postgres.sql.tree.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what texts would do.
 *
 * <ol>
 *   <li>The accesses of a text are a superset of what its statements name, views and partitions expanded. They are exact
 *       unless the analysis is opaque; a statement of a kind that is not read exactly is opaque.
 *   <li>It throws nothing for any text; the time is linear in the text but for the views and partitions it names, and
 *       nothing recurses deeper than a fixed bound.
 *   <li>The same text in the same context has an equal analysis, unless {@link StatementAnalysis#dependsOnSession()}.
 * </ol>
 *
 * <p>Stateless, so safe for several threads.
 */
public final class SqlAnalyzer {

    private static final List<String> VIEW_PATH = List.of("pg_catalog");

    /** Reads a text in a context. */
    public StatementAnalysis analyze(String text, SqlContext context) {
        return new MessageReader(text, context).read();
    }

    /**
     * Whether a text reads differently when standard_conforming_strings is switched: a plain literal holds a backslash. It
     * must then be read under both settings unless the setting is acknowledged with nothing outstanding.
     */
    public static boolean needsBothReadings(String text) {
        int backslash = text.indexOf('\\');
        return backslash >= 0 && BothReadings.differ(text);
    }

    /** What reads views for a catalog. */
    public static LineageReader lineageReader() {
        return SqlAnalyzer::lineage;
    }

    private static @Nullable List<Catalog.ViewColumn> lineage(Relation view, Catalog catalog) {
        String definition = view.definition();
        if (definition == null) {
            return null;
        }
        try {
            Statement statement = new StatementParser(new TokenCursor(new Lexer(definition, true))).statement();
            Body body = statement.body();
            return body == null ? null : new Resolver(new Names(catalog, VIEW_PATH)).lineageOf(body);
        } catch (UnreadableException | LexicalException e) {
            return null;
        }
    }
}
