package io.sallyport.postgres.sql.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A catalog in memory. Views are followed when they are first asked for, and the answer is kept. */
public final class CatalogSnapshot implements Catalog {

    private final long version;
    private final String database;
    private final Map<String, Map<String, Relation>> schemas;
    private final Map<Integer, Relation> byOid;
    private final Map<String, List<String>> functions;
    private final Map<String, List<String>> operators;
    private final Map<Integer, List<Relation>> parents;
    private final Map<Integer, List<Relation>> children;
    private final Map<Integer, List<Origin>> dependencies;
    private final Map<Integer, List<Relation>> bases;
    private final LineageReader lineageReader;
    private final Map<Integer, List<List<ViewColumn>>> lineages = new ConcurrentHashMap<>();

    private CatalogSnapshot(Builder builder) {
        this.version = builder.version;
        this.database = builder.database;
        this.schemas = builder.schemas;
        this.byOid = builder.byOid;
        this.functions = builder.functions;
        this.operators = builder.operators;
        this.lineageReader = builder.lineageReader;
        this.parents = linked(builder.inheritance, true);
        this.children = linked(builder.inheritance, false);
        this.bases = new HashMap<>();
        this.dependencies = new HashMap<>();
        builder.dependencies.forEach(this::addDependency);
    }

    private Map<Integer, List<Relation>> linked(List<int[]> inheritance, boolean up) {
        Map<Integer, List<Relation>> links = new HashMap<>();
        for (int[] link : inheritance) {
            Relation to = byOid.get(up ? link[1] : link[0]);
            if (to != null) {
                links.computeIfAbsent(up ? link[0] : link[1], oid -> new ArrayList<>(1))
                        .add(to);
            }
        }
        return links;
    }

    private void addDependency(int[] dependency) {
        Relation base = byOid.get(dependency[1]);
        if (base == null || dependency[0] == dependency[1]) {
            return;
        }
        List<Relation> relations = bases.computeIfAbsent(dependency[0], oid -> new ArrayList<>(1));
        if (!relations.contains(base)) {
            relations.add(base);
        }
        int index = base.indexOf(dependency[2]);
        if (index >= 0) {
            dependencies
                    .computeIfAbsent(dependency[0], oid -> new ArrayList<>())
                    .add(new Origin(base, base.columns().get(index).name()));
        }
    }

    /**
     * Starts a snapshot.
     *
     * @param version its number
     * @param database the database's name
     * @param lineageReader what reads the views' definitions
     */
    public static Builder builder(long version, String database, LineageReader lineageReader) {
        return new Builder(version, database, lineageReader);
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public @Nullable Relation relation(String schema, String name) {
        Map<String, Relation> relations = schemas.get(schema);
        return relations == null ? null : relations.get(name);
    }

    @Override
    public @Nullable Relation relation(int oid) {
        return byOid.get(oid);
    }

    @Override
    public List<String> functionSchemas(String name) {
        return functions.getOrDefault(name, List.of());
    }

    @Override
    public List<String> operatorSchemas(String name) {
        return operators.getOrDefault(name, List.of());
    }

    @Override
    public List<Relation> parents(Relation relation) {
        return parents.getOrDefault(relation.oid(), List.of());
    }

    @Override
    public List<Relation> children(Relation relation) {
        return children.getOrDefault(relation.oid(), List.of());
    }

    @Override
    public List<Relation> bases(Relation view) {
        return bases.getOrDefault(view.oid(), List.of());
    }

    @Override
    public List<Origin> dependencies(Relation view) {
        return dependencies.getOrDefault(view.oid(), List.of());
    }

    @Override
    public @Nullable List<ViewColumn> lineage(Relation view) {
        List<List<ViewColumn>> known = lineages.get(view.oid());
        if (known == null) {
            List<ViewColumn> read = lineageReader.read(view, this);
            known = read == null || read.size() != view.columns().size() ? List.of() : List.of(List.copyOf(read));
            lineages.put(view.oid(), known);
        }
        return known.isEmpty() ? null : known.get(0);
    }

    /** Collects the rows of {@link CatalogQueries}, in any order but relations first. Not safe for several threads. */
    public static final class Builder {

        private final long version;
        private final String database;
        private final LineageReader lineageReader;
        private final Map<String, Map<String, Relation>> schemas = new HashMap<>();
        private final Map<Integer, Relation> byOid = new HashMap<>();
        private final Map<String, List<String>> functions = new HashMap<>();
        private final Map<String, List<String>> operators = new HashMap<>();
        private final List<int[]> inheritance = new ArrayList<>();
        private final List<int[]> dependencies = new ArrayList<>();
        private final Map<String, String> names = new HashMap<>();
        private final Map<String, List<String>> lists = new HashMap<>();

        private Builder(long version, String database, LineageReader lineageReader) {
            this.version = version;
            this.database = database;
            this.lineageReader = lineageReader;
        }

        /** Adds a relation with all of its columns. */
        public Builder relation(
                int oid,
                String schema,
                String name,
                RelationKind kind,
                List<Relation.Column> columns,
                @Nullable String definition) {
            List<Relation.Column> shared = new ArrayList<>(columns.size());
            for (Relation.Column column : columns) {
                shared.add(new Relation.Column(shared(column.name()), column.number(), column.type()));
            }
            Relation relation = new Relation(oid, shared(schema), name, kind, shared, definition);
            schemas.computeIfAbsent(relation.schema(), key -> new HashMap<>()).put(name, relation);
            byOid.put(oid, relation);
            return this;
        }

        /** Adds a function's name. */
        public Builder function(String schema, String name) {
            functions.merge(name, list(schema), this::joined);
            return this;
        }

        /** Adds the name of an operator outside of pg_catalog. */
        public Builder operator(String schema, String name) {
            operators.merge(name, list(schema), this::joined);
            return this;
        }

        /** Says that a relation is a partition or child of another. */
        public Builder inherits(int child, int parent) {
            inheritance.add(new int[] {child, parent});
            return this;
        }

        /** Says that a view's definition names a relation, and which of its columns if {@code attribute} is not 0. */
        public Builder depends(int view, int relation, int attribute) {
            dependencies.add(new int[] {view, relation, attribute});
            return this;
        }

        /** Ends the collection; the builder is of no use afterwards. */
        public CatalogSnapshot build() {
            return new CatalogSnapshot(this);
        }

        private String shared(String name) {
            return names.computeIfAbsent(name, key -> key);
        }

        private List<String> list(String schema) {
            return lists.computeIfAbsent(schema, List::of);
        }

        private List<String> joined(List<String> before, List<String> more) {
            if (before.contains(more.get(0))) {
                return before;
            }
            List<String> all = new ArrayList<>(before);
            all.addAll(more);
            return lists.computeIfAbsent(String.join("\0", all), key -> List.copyOf(all));
        }
    }
}
