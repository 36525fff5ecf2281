package io.sallyport.postgres.sql.resolve;

import io.sallyport.postgres.sql.catalog.Catalog;
import io.sallyport.postgres.sql.catalog.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up as the server would when the message runs: through the effective search path, with what earlier
 * statements of the same message made.
 */
public final class Names {

    private final Catalog catalog;
    private final List<String> path;
    private final Map<String, Relation> made = new HashMap<>(0);
    private final Set<String> madeFunctions = new HashSet<>(0);
    private boolean pathUnknown;

    /**
     * Begins a message.
     *
     * @param catalog the catalog
     * @param path the effective path, implicit schemas included, as {@code current_schemas(true)} says
     */
    public Names(Catalog catalog, List<String> path) {
        this.catalog = catalog;
        this.path = path;
    }

    /** The catalog. */
    public Catalog catalog() {
        return catalog;
    }

    /** From here on the path may be another, so that names without a schema mean nothing certain. */
    public void forgetPath() {
        pathUnknown = true;
    }

    /** Whether names without a schema mean something certain. */
    public boolean pathKnown() {
        return !pathUnknown;
    }

    /** Remembers a relation that the message makes. */
    public void make(Relation relation) {
        made.put(relation.name(), relation);
    }

    /** Remembers a function that the message makes. */
    public void makeFunction(String name) {
        madeFunctions.add(name);
    }

    /** Whether the message makes a function of that name. */
    boolean makesFunction(String name) {
        return madeFunctions.contains(name);
    }

    /**
     * What the name may mean: one relation, two if the message makes one that may hide another, none if nothing is known.
     */
    public List<Relation> relations(List<String> names) {
        String name = names.get(names.size() - 1);
        Relation own = made.get(name);
        Relation listed = listed(names, name);
        if (own != null && names.size() > 1 && !own.schema().equals(schemaOf(names))) {
            own = null;
        }
        if (own == null) {
            return listed == null ? List.of() : List.of(listed);
        }
        if (listed == null || (listed.schema().equals(own.schema()) && listed.oid() != 0)) {
            return List.of(listed == null ? own : listed);
        }
        return List.of(own, listed);
    }

    private @Nullable Relation listed(List<String> names, String name) {
        if (names.size() > 1) {
            if (names.size() > 2 && !names.get(0).equals(catalog.database())) {
                return null;
            }
            String schema = schemaOf(names);
            return schema == null ? null : catalog.relation(schema, name);
        }
        if (pathUnknown) {
            return null;
        }
        for (String schema : path) {
            Relation relation = catalog.relation(schema, name);
            if (relation != null) {
                return relation;
            }
        }
        return null;
    }

    private @Nullable String schemaOf(List<String> names) {
        String schema = names.get(names.size() - 2);
        return schema.equals("pg_temp") ? temporarySchema() : schema;
    }

    /** The session's schema for temporary relations, if it has one yet. */
    public @Nullable String temporarySchema() {
        for (String schema : path) {
            if (schema.startsWith("pg_temp_")) {
                return schema;
            }
        }
        return made.values().stream().anyMatch(relation -> relation.schema().equals("pg_temp")) ? "pg_temp" : null;
    }

    /** The schema in which a name without a schema is made, or null. */
    public @Nullable String creationSchema() {
        if (pathUnknown) {
            return null;
        }
        for (String schema : path) {
            if (!schema.startsWith("pg_temp") && !schema.equals("pg_catalog")) {
                return schema;
            }
        }
        return null;
    }

    /** The schemas of the path that are not the system's; none if the path is not known. */
    List<String> ownSchemas() {
        return pathUnknown
                ? List.of()
                : path.stream()
                        .filter(schema -> !schema.startsWith("pg_temp") && !schema.equals("pg_catalog"))
                        .toList();
    }

    /** The one schema of the path that is not the system's; null if there are several or none. */
    public @Nullable String onlySchema() {
        String only = null;
        for (String schema : path) {
            if (!schema.startsWith("pg_temp") && !schema.equals("pg_catalog")) {
                if (only != null) {
                    return null;
                }
                only = schema;
            }
        }
        return pathUnknown ? null : only;
    }

    /** The schemas in which a call by that name may find its function. */
    public List<String> functionSchemas(List<String> names) {
        String name = names.get(names.size() - 1);
        if (names.size() > 1) {
            return List.of(names.get(names.size() - 2));
        }
        List<String> having = catalog.functionSchemas(name);
        if (pathUnknown || having.isEmpty() || path.containsAll(having)) {
            return having;
        }
        List<String> reachable = new ArrayList<>(having);
        reachable.retainAll(path);
        return reachable;
    }
}
