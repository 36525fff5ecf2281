package io.sallyport.postgres.statement;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Resource;
import io.sallyport.postgres.sql.PreparedStatements;
import io.sallyport.postgres.sql.SqlAnalyzer;
import io.sallyport.postgres.sql.SqlContext;
import io.sallyport.postgres.sql.StatementAnalysis;
import io.sallyport.postgres.sql.catalog.CatalogQueries;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Reads statements with the analyser of the sql rooms. */
public final class SqlReader implements StatementReader {

    /** As the analyser's own query, with the numbers by which FunctionCall names functions. */
    private static final String FUNCTIONS = """
            SELECT p.oid::pg_catalog.text, n.nspname, p.proname
            FROM pg_catalog.pg_proc p
            JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) p.pronamespace""";

    private final SqlAnalyzer analyzer = new SqlAnalyzer();
    private final AtomicLong versions = new AtomicLong();

    @Override
    public Reading read(String text, Surroundings surroundings, PreparedStatements prepared) {
        List<String> path = surroundings.searchPath();
        SqlContext context = new SqlContext(
                surroundings.standardStrings(),
                path == null ? List.of() : path,
                ((CatalogNames) surroundings.names()).catalog(),
                prepared);
        StatementAnalysis read = analyzer.analyze(text, context);
        Analysis analysis = read.analysis();
        if (path == null && SqlAnalyzer.needsBothReadings(text)) {
            analysis = Analysis.opaque(
                    analysis.text(),
                    analysis.accesses(),
                    "it holds a backslash in a literal while standard_conforming_strings is not known");
        }
        return new Reading(text, analysis, effects(read), CopySource.of(read), read);
    }

    private static Set<Effect> effects(StatementAnalysis read) {
        Set<Effect> effects = EnumSet.noneOf(Effect.class);
        if (read.barrier()) {
            effects.add(Effect.CHANGES_SETTINGS);
        }
        if (read.changesCatalog()) {
            effects.add(Effect.CHANGES_CATALOG);
        }
        if (read.setsUnreadableEncoding()) {
            effects.add(Effect.UNREADABLE_ENCODING);
        }
        for (StatementAnalysis.Part part : read.parts()) {
            switch (part.kind()) {
                case COMMIT, ROLLBACK, ROLLBACK_TO, TWO_PHASE -> effects.add(Effect.ENDS_TRANSACTION);
                case COPY_IN -> effects.add(Effect.COPY_IN);
                case COPY_OUT -> effects.add(Effect.COPY_OUT);
                case PREPARE -> effects.add(Effect.PREPARES);
                default -> {}
            }
        }
        return effects;
    }

    @Override
    public Reading call(Names names, int function) {
        Resource resource = names.function(function);
        Analysis analysis;
        if (resource == null) {
            analysis = Analysis.opaque(
                    "fast-path call of function " + Integer.toUnsignedString(function),
                    List.of(),
                    "it calls a function that the catalog does not have");
        } else {
            analysis = Analysis.exact(
                    "fast-path call of " + resource, List.of(Access.of(PostgresVocabulary.CALL, resource)));
        }
        return new Reading(analysis.text(), analysis, EnumSet.of(Effect.CHANGES_SETTINGS), null, null);
    }

    @Override
    public List<String> catalogQueries() {
        return List.of(
                CatalogQueries.RELATIONS,
                CatalogQueries.VIEWS,
                CatalogQueries.DEPENDENCIES,
                CatalogQueries.INHERITANCE,
                FUNCTIONS,
                CatalogQueries.OPERATORS);
    }

    @Override
    public Names names(String database, List<List<@Nullable String[]>> answers) {
        return CatalogNames.of(versions.incrementAndGet(), database, answers);
    }
}
