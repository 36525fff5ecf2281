package io.sallyport.postgres.sql;

import io.sallyport.api.action.Access;
import io.sallyport.postgres.sql.catalog.CatalogSnapshot;
import io.sallyport.postgres.sql.catalog.Relation.Column;
import io.sallyport.postgres.sql.catalog.RelationKind;
import java.util.List;

/** The schema of the targets app and scratch, as a catalog. */
final class Fixture {

    static final CatalogSnapshot CATALOG = catalog();
    static final SqlContext CONTEXT =
            new SqlContext(true, List.of("pg_catalog", "public"), CATALOG, PreparedStatements.NONE);

    private static final SqlAnalyzer ANALYZER = new SqlAnalyzer();

    private Fixture() {}

    private static CatalogSnapshot catalog() {
        CatalogSnapshot.Builder builder = CatalogSnapshot.builder(1, "app", SqlAnalyzer.lineageReader());
        builder.relation(1, "public", "customers", RelationKind.TABLE, columns("id", "email", "ssn", "balance"), null);
        builder.relation(2, "public", "orders", RelationKind.TABLE, columns("id", "note"), null);
        builder.relation(3, "public", "audit_log", RelationKind.TABLE, columns("id", "note"), null);
        builder.relation(4, "public", "t", RelationKind.TABLE, columns("id", "c"), null);
        builder.relation(5, "public", "where", RelationKind.TABLE, columns("id"), null);
        builder.relation(6, "public", "audit", RelationKind.TABLE, columns("msg"), null);
        builder.relation(7, "public", "v", RelationKind.MATERIALIZED_VIEW, columns("?column?"), " SELECT 1;");
        builder.relation(
                8,
                "public",
                "v_cust",
                RelationKind.VIEW,
                columns("id", "x"),
                " SELECT id,\n    ssn AS x\n   FROM public.customers;");
        builder.depends(8, 1, 1).depends(8, 1, 3);
        builder.relation(
                9,
                "public",
                "v_len",
                RelationKind.VIEW,
                columns("id", "n"),
                " SELECT v.id,\n    length(v.x) AS n\n   FROM public.v_cust v;");
        builder.depends(9, 8, 1).depends(9, 8, 2);
        builder.relation(10, "s2", "customers", RelationKind.TABLE, columns("id"), null);
        builder.relation(11, "public", "parent", RelationKind.PARTITIONED_TABLE, columns("id", "ssn"), null);
        builder.relation(12, "public", "child", RelationKind.TABLE, columns("id", "ssn"), null);
        builder.inherits(12, 11);
        builder.relation(13, "public", "seq", RelationKind.SEQUENCE, columns("last_value"), null);
        builder.relation(14, "pg_catalog", "pg_tables", RelationKind.VIEW, columns("tablename"), null);
        builder.function("public", "purge").function("public", "f").function("public", "shadowed");
        builder.function("pg_catalog", "lower").function("pg_catalog", "pg_read_file");
        return builder.build();
    }

    private static List<Column> columns(String... names) {
        List<Column> columns = new java.util.ArrayList<>();
        for (String name : names) {
            columns.add(new Column(name, columns.size() + 1, 25));
        }
        return columns;
    }

    static StatementAnalysis analyze(String text) {
        return ANALYZER.analyze(text, CONTEXT);
    }

    /** The accesses as text, traits in alphabetic order. */
    static List<String> accesses(String text) {
        return analyze(text).analysis().accesses().stream().map(Fixture::spoken).toList();
    }

    static String spoken(Access access) {
        StringBuilder spoken = new StringBuilder(access.verb() + " " + access.resource());
        access.traits().stream().map(Object::toString).sorted().forEach(trait -> spoken.append(' ')
                .append(trait));
        return spoken.toString();
    }
}
