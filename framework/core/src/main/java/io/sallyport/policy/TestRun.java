package io.sallyport.policy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.api.principal.Principal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a configuration every row of a table. */
public final class TestRun {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Explainer explainer;
    private final Askers askers;
    private final InstantSource clock;

    /** A run against a configuration; rows that tell no time are asked now. */
    public TestRun(PolicyBook book, Explainer explainer, InstantSource clock) {
        this.explainer = explainer;
        this.askers = new Askers(book.configuration());
        this.clock = clock;
    }

    /** Runs all rows; a row that cannot be asked has failed. */
    public TestReport run(TestTable table) {
        List<TestReport.Result> results = new ArrayList<>();
        for (TestTable.Line line : table.rows()) {
            results.add(run(table, line));
        }
        return TestReport.of(results);
    }

    private TestReport.Result run(TestTable table, TestTable.Line line) {
        TestTable.Row row = line.row();
        String name = row.name() == null ? row.what() : row.name();
        try {
            Explanation explanation = explainer.explain(new Asked(
                    principal(table, row.who()),
                    row.target(),
                    row.account(),
                    row.database(),
                    InetAddress.getByName(row.from()),
                    row.at() == null ? clock.instant() : Instant.parse(row.at()),
                    row.approved(),
                    row.what()));
            List<String> differences = differences(row, explanation);
            return new TestReport.Result(line.number(), name, differences.isEmpty(), differences, explanation);
        } catch (IllegalArgumentException | DateTimeException | UnknownHostException e) {
            return new TestReport.Result(line.number(), name, false, List.of(String.valueOf(e.getMessage())), null);
        }
    }

    private Principal principal(TestTable table, String who) {
        TestTable.Who named = table.principals().get(who);
        if (named == null) {
            if (who.indexOf(':') < 0) {
                throw new IllegalArgumentException("there is no principal '" + who + "' in this table; known are "
                        + new java.util.TreeSet<>(table.principals().keySet()));
            }
            return askers.read(who, null, List.of());
        }
        ObjectNode claims = JSON.createObjectNode();
        named.claims().forEach(claims::put);
        return askers.read(named.issuer() + ":" + named.subject(), claims.toString(), named.groups());
    }

    private static List<String> differences(TestTable.Row row, Explanation explanation) {
        List<String> differences = new ArrayList<>();
        differ(
                differences,
                "verdict",
                row.expect().word(),
                explanation.verdict().word());
        Explanation.Terms terms = explanation.terms();
        differ(differences, "grant", row.grant(), terms == null ? null : terms.grant());
        differ(differences, "rule", row.rule(), explanation.rule());
        if (row.reason() != null && !explanation.reason().contains(row.reason())) {
            differences.add("the reason does not contain '" + row.reason() + "'");
        }
        return differences;
    }

    private static void differ(
            List<String> differences, String what, @Nullable String expected, @Nullable String found) {
        if (expected != null && !expected.equals(found)) {
            differences.add("expected " + what + " " + expected + ", found " + (found == null ? "none" : found));
        }
    }
}
