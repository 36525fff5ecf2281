package io.sallyport.benchmarks;

import io.sallyport.postgres.sql.PreparedStatements;
import io.sallyport.postgres.sql.SqlAnalyzer;
import io.sallyport.postgres.sql.SqlContext;
import io.sallyport.postgres.sql.StatementAnalysis;
import io.sallyport.postgres.sql.catalog.CatalogSnapshot;
import io.sallyport.postgres.sql.catalog.Relation.Column;
import io.sallyport.postgres.sql.catalog.RelationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a text would do, read for the first time: lexed, parsed, resolved against a catalog. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class StatementReading {

    private static final String SELECT = "SELECT abalance FROM pgbench_accounts WHERE aid = 1234567;";

    private static final String REPORT = """
            WITH recent AS (
                SELECT o.id, o.customer_id, o.total FROM orders o WHERE o.placed > now() - interval '7 days'
            )
            SELECT c.id, c.name, count(*) AS orders, sum(r.total) AS total
            FROM customers c JOIN recent r ON r.customer_id = c.id
            WHERE c.country IN ('DE', 'FR', 'IT') AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.customer_id = c.id)
            GROUP BY c.id, c.name HAVING sum(r.total) > 100
            ORDER BY total DESC NULLS LAST LIMIT 50""";

    private static final String ROWS = IntStream.range(0, 1000)
            .mapToObj(row -> "(" + row + ", 'note number " + row + "')")
            .collect(Collectors.joining(", ", "INSERT INTO orders (id, note) VALUES ", ""));

    private final SqlAnalyzer analyzer = new SqlAnalyzer();
    private final SqlContext context =
            new SqlContext(true, List.of("pg_catalog", "public"), catalog(), PreparedStatements.NONE);

    private static CatalogSnapshot catalog() {
        CatalogSnapshot.Builder builder = CatalogSnapshot.builder(1, "bench", SqlAnalyzer.lineageReader());
        table(builder, 1, "pgbench_accounts", "aid", "bid", "abalance", "filler");
        table(builder, 2, "orders", "id", "customer_id", "total", "placed", "note");
        table(builder, 3, "customers", "id", "name", "country");
        table(builder, 4, "blocked", "customer_id");
        builder.function("pg_catalog", "now").function("pg_catalog", "count").function("pg_catalog", "sum");
        return builder.build();
    }

    private static void table(CatalogSnapshot.Builder builder, int oid, String name, String... columns) {
        List<Column> shape = new ArrayList<>();
        for (String column : columns) {
            shape.add(new Column(column, shape.size() + 1, 25));
        }
        builder.relation(oid, "public", name, RelationKind.TABLE, shape, null);
    }

    /** The statement of {@code pgbench -S}. */
    @Benchmark
    public StatementAnalysis select() {
        return analyzer.analyze(SELECT, context);
    }

    /** A report: a common table expression, a join, a sub-query, aggregates. */
    @Benchmark
    public StatementAnalysis report() {
        return analyzer.analyze(REPORT, context);
    }

    /** An INSERT of a thousand rows. */
    @Benchmark
    public StatementAnalysis rows() {
        return analyzer.analyze(ROWS, context);
    }
}
