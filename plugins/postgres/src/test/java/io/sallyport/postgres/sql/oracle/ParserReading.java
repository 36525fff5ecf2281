package io.sallyport.postgres.sql.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What PostgreSQL's own parse tree says that a statement touches. */
final class ParserReading {

    private static final Map<String, String> TARGETS =
            Map.of("InsertStmt", "insert", "UpdateStmt", "update", "DeleteStmt", "delete", "MergeStmt", "merge");

    final Set<List<String>> relations = new LinkedHashSet<>();
    final Set<String> functions = new LinkedHashSet<>();
    private boolean explained;

    /** Reads one raw statement. */
    static ParserReading of(JsonNode statement) {
        ParserReading reading = new ParserReading();
        reading.explained =
                statement.has("ExplainStmt") && !statement.toString().contains("\"defname\":\"analyze\"");
        reading.node(statement, Set.of(), "");
        return reading;
    }

    private void node(JsonNode node, Set<String> common, String key) {
        if (node.isArray()) {
            node.forEach(child -> node(child, common, key));
            return;
        }
        if (!node.isObject() || node.has("CompositeTypeStmt") || isOfType(node)) {
            return;
        }
        Set<String> inSight = common;
        JsonNode ctes = node.path("withClause").path("ctes");
        if (ctes.isArray() && !ctes.isEmpty()) {
            inSight = new HashSet<>(common);
            boolean recursive = node.path("withClause").path("recursive").asBoolean();
            if (recursive) {
                addNames(ctes, inSight);
            }
            for (JsonNode cte : ctes) {
                node(cte, Set.copyOf(inSight), "cte");
                inSight.add(cte.path("CommonTableExpr").path("ctename").asText());
            }
        }
        fields(node, inSight, key);
    }

    /** Composite types stand in the tree as relations. */
    private static boolean isOfType(JsonNode node) {
        return node.path("AlterTableStmt").path("objtype").asText().equals("OBJECT_TYPE")
                || node.path("RenameStmt").path("renameType").asText().equals("OBJECT_ATTRIBUTE");
    }

    private static void addNames(JsonNode ctes, Set<String> into) {
        ctes.forEach(cte -> into.add(cte.path("CommonTableExpr").path("ctename").asText()));
    }

    private void fields(JsonNode node, Set<String> common, String key) {
        if (node.has("relname") && node.has("relpersistence")) {
            relation(node, common, key);
        }
        if (node.has("funcname") && key.equals("FuncCall")) {
            JsonNode names = node.get("funcname");
            boolean own = names.get(0).path("String").path("sval").asText().equals("information_schema");
            if (!own) {
                functions.add(
                        names.get(names.size() - 1).path("String").path("sval").asText());
            }
        }
        node.properties().forEach(field -> {
            String name = field.getKey();
            if (name.equals("withClause") || name.equals("lockedRels") || name.equals("ConstraintsSetStmt")) {
                return;
            }
            boolean target = name.equals("relation") && TARGETS.containsKey(key);
            String next =
                    target ? key : Character.isUpperCase(name.charAt(0)) ? name : key.equals("FuncCall") ? "" : name;
            node(field.getValue(), common, next);
        });
    }

    private void relation(JsonNode node, Set<String> common, String key) {
        String name = node.get("relname").asText();
        String schema = node.path("schemaname").asText("");
        String verb = TARGETS.get(key);
        if (verb == null && schema.isEmpty() && common.contains(name)) {
            return;
        }
        List<String> found = new ArrayList<>();
        found.add(verb == null ? "any" : explained ? "explain" : verb);
        found.add(schema);
        found.add(name);
        relations.add(found);
    }
}
