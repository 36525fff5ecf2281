package io.sallyport.postgres.sql.resolve;

import io.sallyport.api.action.Resource;
import io.sallyport.api.action.Verb;
import io.sallyport.postgres.sql.catalog.Catalog;
import io.sallyport.postgres.sql.catalog.Relation;
import io.sallyport.postgres.sql.tree.Body;
import io.sallyport.postgres.sql.tree.Expression;
import io.sallyport.postgres.sql.tree.RelationName;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the trees of one message into accesses.
 *
 * <p>Not safe for several threads.
 */
public final class Resolver {

    final Names names;
    final AccessCollector accesses;
    final Expander expander;
    final ColumnResolver columns;
    final FunctionResolver functions;
    final ExpressionResolver expressions;
    final RangeResolver ranges;
    final QueryResolver queries;
    final ModificationResolver modifications;
    private boolean planned;
    private boolean lineage;
    private boolean unknownNames;
    private boolean unreadableEncoding;
    private @Nullable String opaqueBecause;

    /** Begins a message. */
    public Resolver(Names names) {
        this.names = names;
        this.accesses = new AccessCollector();
        this.expander = new Expander(names.catalog(), accesses);
        this.columns = new ColumnResolver(expander, accesses);
        this.functions = new FunctionResolver(this);
        this.expressions = new ExpressionResolver(this);
        this.ranges = new RangeResolver(this);
        this.queries = new QueryResolver(this);
        this.modifications = new ModificationResolver(this);
    }

    /** The accesses so far. */
    public AccessCollector accesses() {
        return accesses;
    }

    /** Whether a relation or column was named that the catalog does not know. */
    public boolean unknownNames() {
        return unknownNames || accesses.hasUnresolved();
    }

    /** Why the accesses may be incomplete, null if they are not. */
    public @Nullable String opaqueBecause() {
        return opaqueBecause;
    }

    /** Notes that texts which follow could not be read. */
    void unreadableEncoding() {
        unreadableEncoding = true;
    }

    /** Whether an encoding is set in which texts cannot be read byte by byte. */
    public boolean setsUnreadableEncoding() {
        return unreadableEncoding;
    }

    /** Says that the accesses may be incomplete; the first reason stays. */
    public void opaque(String because) {
        if (opaqueBecause == null) {
            opaqueBecause = because;
        }
    }

    /** Notes what a query or data-modifying statement does, its outputs leaving in an answer or being stored. */
    public void run(Body body, boolean stored) {
        queries.body(body, null, null, stored ? AccessCollector.STORED : AccessCollector.OUTPUT);
    }

    /** Notes what a statement that is only planned, by EXPLAIN, would do: its writes happen to nothing. */
    public void plan(Body body) {
        planned = true;
        run(body, false);
        planned = false;
    }

    /** Notes what an expression touches that stands outside of any query, the relation's columns in sight. */
    public void define(Expression expression, @Nullable RelationName over) {
        Scope scope = new Scope(null, null);
        if (over != null) {
            for (Relation relation : names.relations(over.names())) {
                scope.add(RangeEntry.of(relation, null));
            }
            scope.add(new RangeEntry(over.last(), null, null, List.of()));
        }
        for (String pseudo : List.of("old", "new", "excluded", "value")) {
            scope.add(new RangeEntry(pseudo, null, null, List.of()));
        }
        expressions.use(expression, scope, AccessCollector.STORED);
    }

    /** Notes a use of a relation by name, and of what it stands for. */
    public void relation(Verb verb, RelationName name, int traits) {
        List<Relation> relations = names.relations(name.names());
        Verb effective = planned && !verb.equals(PostgresVocabulary.SELECT) ? PostgresVocabulary.EXPLAIN : verb;
        if (relations.isEmpty()) {
            unknownNames = true;
            for (Resource candidate : unlisted(name)) {
                accesses.add(effective, candidate, traits);
            }
        }
        for (Relation relation : relations) {
            expander.relation(effective, relation, name.only(), traits);
        }
    }

    /** Notes that a relation comes to be. */
    public void make(Verb verb, RelationName name) {
        accesses.add(planned ? PostgresVocabulary.EXPLAIN : verb, modifications.make(name), 0);
    }

    /** Notes what is done to one column of a relation. */
    public void column(Verb verb, RelationName name, String column) {
        List<Relation> relations = names.relations(name.names());
        if (relations.isEmpty()) {
            relation(verb, name, 0);
        }
        for (Relation relation : relations) {
            expander.column(verb, relation, column, 0);
        }
    }

    /** Notes that rows of a relation are copied in or out. */
    public void copy(RelationName name, List<String> columns, boolean in, int trait) {
        relation(in ? PostgresVocabulary.COPY_IN : PostgresVocabulary.COPY_OUT, name, 0);
        relation(in ? PostgresVocabulary.INSERT : PostgresVocabulary.SELECT, name, 0);
        for (Relation relation : names.relations(name.names())) {
            List<String> all = columns.isEmpty()
                    ? relation.columns().stream().map(Relation.Column::name).toList()
                    : columns;
            for (String column : all) {
                expander.column(
                        in ? PostgresVocabulary.INSERT : PostgresVocabulary.SELECT, relation, column, in ? 0 : trait);
            }
        }
    }

    /** Notes a write to one column. */
    void writeColumn(Verb verb, Relation relation, String column) {
        expander.column(planned ? PostgresVocabulary.EXPLAIN : verb, relation, column, 0);
    }

    /** Whether the statement is only planned. */
    boolean planned() {
        return planned;
    }

    /**
     * What a name may stand for that the catalog does not list. Should the relation come to be before the statement runs, it
     * lies in a schema of the path, so that a name which stands for nothing is left to the target to refuse.
     */
    private List<Resource> unlisted(RelationName name) {
        List<String> parts = name.names();
        if (parts.size() > 1) {
            return List.of(Resource.of(Relation.RESOURCE_KIND, parts.get(parts.size() - 2), name.last()));
        }
        List<String> schemas = names.ownSchemas();
        return schemas.isEmpty()
                ? List.of(Resource.unresolved(Relation.RESOURCE_KIND, name.last()))
                : schemas.stream()
                        .map(schema -> Resource.of(Relation.RESOURCE_KIND, schema, name.last()))
                        .toList();
    }

    /** What a view's columns come from; null if its definition cannot be followed by position. */
    public @Nullable List<Catalog.ViewColumn> lineageOf(Body definition) {
        lineage = true;
        return queries.lineage(definition);
    }

    /** Whether computed outputs must keep what they come from. */
    boolean keepsOrigins() {
        return lineage;
    }
}
