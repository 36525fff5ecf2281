package io.sallyport.postgres.sql.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.api.action.Access;
import io.sallyport.postgres.sql.PreparedStatements;
import io.sallyport.postgres.sql.SqlAnalyzer;
import io.sallyport.postgres.sql.SqlContext;
import io.sallyport.postgres.sql.StatementAnalysis;
import io.sallyport.postgres.sql.catalog.CatalogSnapshot;
import io.sallyport.postgres.sql.function.FunctionEffect;
import io.sallyport.postgres.sql.function.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares the analysis with PostgreSQL's own parser, statement by statement, and counts. */
final class Comparison {

    private static final Set<String> PLAIN =
            Set.of("SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt");
    private static final Map<String, Set<String>> VERBS = Map.ofEntries(
            Map.entry("DropStmt", Set.of("drop")),
            Map.entry("TruncateStmt", Set.of("truncate")),
            Map.entry("AlterTableStmt", Set.of("alter")),
            Map.entry("RenameStmt", Set.of("alter")),
            Map.entry("CreateStmt", Set.of("create")),
            Map.entry("CreateTableAsStmt", Set.of("create")),
            Map.entry("ViewStmt", Set.of("create")),
            Map.entry("IndexStmt", Set.of("index")),
            Map.entry("GrantStmt", Set.of("grant", "revoke")),
            Map.entry("GrantRoleStmt", Set.of("grant", "revoke")),
            Map.entry("VacuumStmt", Set.of("vacuum", "analyze")),
            Map.entry("LockStmt", Set.of("lock")),
            Map.entry("CommentStmt", Set.of("comment")),
            Map.entry("CallStmt", Set.of("call")),
            Map.entry(
                    "CopyStmt",
                    Set.of("copy-in", "copy-out", "copy-file", "copy-program", "insert", "delete", "update")),
            Map.entry("NotifyStmt", Set.of("notify")),
            Map.entry("ListenStmt", Set.of("listen")),
            Map.entry("TransactionStmt", Set.of("transaction")),
            Map.entry("RefreshMatViewStmt", Set.of("refresh")),
            Map.entry("ReindexStmt", Set.of("reindex")),
            Map.entry("ClusterStmt", Set.of("cluster")),
            Map.entry("AlterRoleStmt", Set.of("alter")),
            Map.entry("CreateRoleStmt", Set.of("create")),
            Map.entry("DropRoleStmt", Set.of("drop")),
            Map.entry("CreatedbStmt", Set.of("create")),
            Map.entry("DropdbStmt", Set.of("drop")),
            Map.entry("DoStmt", Set.of("do")));

    private final LibPgQuery parser;
    private final ObjectMapper json = new ObjectMapper();
    private final SqlAnalyzer analyzer = new SqlAnalyzer();
    private final SqlContext context = new SqlContext(
            true,
            List.of("pg_catalog", "public"),
            CatalogSnapshot.builder(1, "regression", SqlAnalyzer.lineageReader())
                    .build(),
            PreparedStatements.NONE);

    final List<String> misses = new ArrayList<>();
    final List<String> opaquePlain = new ArrayList<>();
    int accepted;
    int plain;
    int opaque;

    Comparison(LibPgQuery parser) {
        this.parser = parser;
    }

    /** Compares one statement, if the real parser accepts it. */
    void compare(String statement) {
        Optional<String> tree = parser.parse(statement);
        if (tree.isEmpty()) {
            return;
        }
        accepted++;
        JsonNode statements = parsed(tree.get()).path("stmts");
        StatementAnalysis read = analyzer.analyze(statement, context);
        if (statements.size() != read.parts().size()) {
            misses.add("split into " + read.parts().size() + " instead of " + statements.size() + ": " + statement);
            return;
        }
        for (JsonNode one : statements) {
            compare(statement, one.get("stmt"), read);
        }
    }

    private JsonNode parsed(String tree) {
        try {
            return json.readTree(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void compare(String statement, JsonNode node, StatementAnalysis read) {
        String kind = node.fieldNames().next();
        plain += PLAIN.contains(kind) ? 1 : 0;
        if (read.analysis().opaque()) {
            opaque++;
            if (PLAIN.contains(kind)) {
                opaquePlain.add(read.analysis().opaqueBecause() + ": " + statement);
            }
            return;
        }
        List<Access> accesses = read.analysis().accesses();
        Set<String> verbs = VERBS.get(kind);
        if (verbs != null
                && accesses.stream()
                        .noneMatch(access -> verbs.contains(access.verb().name()))
                && !isCopyOfQuery(node)) {
            misses.add("no " + verbs + " in " + accesses + ": " + statement);
        }
        ParserReading real = ParserReading.of(node);
        for (List<String> relation : real.relations) {
            if (accesses.stream().noneMatch(access -> covers(access, relation))) {
                misses.add("no " + relation + " in " + accesses + ": " + statement);
            }
        }
        for (String function : real.functions) {
            boolean special = Functions.isHarmless(function) || Functions.effect(function) != FunctionEffect.CALL;
            if (!special && accesses.stream().noneMatch(access -> calls(access, function))) {
                misses.add("no call of " + function + " in " + accesses + ": " + statement);
            }
        }
    }

    private static boolean isCopyOfQuery(JsonNode node) {
        return node.path("CopyStmt").has("query");
    }

    private static boolean covers(Access access, List<String> relation) {
        List<String> segments = access.resource().segments();
        String schema = relation.get(1);
        return access.resource().kind().prefix().isEmpty()
                && segments.contains(relation.get(2))
                && (relation.get(0).equals("any") || access.verb().name().equals(relation.get(0)))
                && (schema.isEmpty() || schema.startsWith("pg_temp") || segments.contains(schema));
    }

    private static boolean calls(Access access, String function) {
        return access.resource().kind().prefix().equals("function")
                && access.resource().lastSegment().equals(function);
    }
}
