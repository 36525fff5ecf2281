package io.sallyport.postgres.statement;

import io.sallyport.api.action.Resource;
import io.sallyport.postgres.sql.SqlAnalyzer;
import io.sallyport.postgres.sql.catalog.Catalog;
import io.sallyport.postgres.sql.catalog.CatalogSnapshot;
import io.sallyport.postgres.sql.catalog.ColumnOrigins;
import io.sallyport.postgres.sql.catalog.Relation;
import io.sallyport.postgres.sql.catalog.RelationKind;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A snapshot made of the answers to the catalog queries, in their order. */
final class CatalogNames implements Names {

    /** By their numbers from -1 downwards: access/sysattr.h of PostgreSQL. */
    private static final List<String> SYSTEM_COLUMNS = List.of("ctid", "xmin", "cmin", "xmax", "cmax", "tableoid");

    private final CatalogSnapshot catalog;
    private final Map<Integer, Resource> functions;

    private CatalogNames(CatalogSnapshot catalog, Map<Integer, Resource> functions) {
        this.catalog = catalog;
        this.functions = functions;
    }

    static CatalogNames of(long version, String database, List<List<@Nullable String[]>> answers) {
        CatalogSnapshot.Builder builder = CatalogSnapshot.builder(version, database, SqlAnalyzer.lineageReader());
        Map<Integer, Resource> functions = new HashMap<>();
        if (!answers.isEmpty()) {
            Map<Integer, String> definitions = new HashMap<>();
            answers.get(1).forEach(row -> definitions.put(oid(row[0]), text(row[1])));
            relations(builder, answers.get(0), definitions);
            answers.get(2).forEach(row -> builder.depends(oid(row[0]), oid(row[1]), oid(row[2])));
            answers.get(3).forEach(row -> builder.inherits(oid(row[0]), oid(row[1])));
            answers.get(4).forEach(row -> {
                functions.put(oid(row[0]), Resource.of(PostgresVocabulary.FUNCTION, text(row[1]), text(row[2])));
                builder.function(text(row[1]), text(row[2]));
            });
            answers.get(5).forEach(row -> builder.operator(text(row[0]), text(row[1])));
        }
        return new CatalogNames(builder.build(), functions);
    }

    /** Rows of one relation stand together. */
    private static void relations(
            CatalogSnapshot.Builder builder, List<@Nullable String[]> rows, Map<Integer, String> definitions) {
        int from = 0;
        while (from < rows.size()) {
            @Nullable String[] first = rows.get(from);
            List<Relation.Column> columns = new ArrayList<>();
            int to = from;
            while (to < rows.size() && text(rows.get(to)[0]).equals(text(first[0]))) {
                @Nullable String[] row = rows.get(to);
                if (row[4] != null) {
                    columns.add(new Relation.Column(text(row[5]), oid(row[4]), oid(row[6])));
                }
                to++;
            }
            builder.relation(
                    oid(first[0]),
                    text(first[1]),
                    text(first[2]),
                    RelationKind.of(text(first[3]).charAt(0)),
                    columns,
                    definitions.get(oid(first[0])));
            from = to;
        }
    }

    private static int oid(@Nullable String number) {
        return Integer.parseUnsignedInt(text(number));
    }

    private static String text(@Nullable String value) {
        if (value == null) {
            throw new IllegalStateException("the catalog has a null where it has none");
        }
        return value;
    }

    Catalog catalog() {
        return catalog;
    }

    @Override
    public List<Resource> columns(int relation, int attribute) {
        Relation found = catalog.relation(relation);
        if (found != null && attribute < 0 && -attribute <= SYSTEM_COLUMNS.size()) {
            return List.of(found.columnResource(SYSTEM_COLUMNS.get(-attribute - 1)));
        }
        List<Resource> resources = new ArrayList<>();
        for (Catalog.Origin origin : ColumnOrigins.of(catalog, relation, attribute)) {
            resources.add(origin.relation().columnResource(origin.column()));
        }
        return resources;
    }

    @Override
    public @Nullable Resource function(int oid) {
        return functions.get(oid);
    }
}
