package io.sallyport.postgres.sql.resolve;

import io.sallyport.api.action.Resource;
import io.sallyport.api.action.Verb;
import io.sallyport.postgres.sql.catalog.Catalog;
import io.sallyport.postgres.sql.catalog.Catalog.Origin;
import io.sallyport.postgres.sql.catalog.Catalog.ViewColumn;
import io.sallyport.postgres.sql.catalog.Relation;
import io.sallyport.postgres.sql.catalog.RelationKind;
import io.sallyport.postgres.sql.vocabulary.PostgresVocabulary;
import java.util.List;
import java.util.Set;

/**
 * Notes the use of relations and columns, and of all that they stand for: a view for what it reads, a parent for its
 * children, a child for its parents. The system's own views stand for themselves.
 */
final class Expander {

    private static final int DEEPEST = 40;

    /** What is done to a relation's rows, and so to those of all it stands for; its definition is its own. */
    private static final Set<Verb> DATA = Set.of(
            PostgresVocabulary.SELECT,
            PostgresVocabulary.INSERT,
            PostgresVocabulary.UPDATE,
            PostgresVocabulary.DELETE,
            PostgresVocabulary.MERGE,
            PostgresVocabulary.TRUNCATE,
            PostgresVocabulary.COPY_IN,
            PostgresVocabulary.COPY_OUT,
            PostgresVocabulary.EXPLAIN,
            PostgresVocabulary.LOCK);

    private final Catalog catalog;
    private final AccessCollector accesses;

    Expander(Catalog catalog, AccessCollector accesses) {
        this.catalog = catalog;
        this.accesses = accesses;
    }

    /** Notes a use of the relation itself. */
    void relation(Verb verb, Relation relation, boolean only, int traits) {
        relation(verb, relation, only, traits, 0);
    }

    private void relation(Verb verb, Relation relation, boolean only, int traits, int depth) {
        boolean news = accesses.add(verb, relation.resource(), traits);
        if (!news || depth > DEEPEST || relation.isSystem()) {
            return;
        }
        boolean data = DATA.contains(verb);
        if (relation.kind().isView()) {
            if (data) {
                for (Relation base : catalog.bases(relation)) {
                    relation(verb, base, false, traits, depth + 1);
                }
            }
            return;
        }
        if (data) {
            for (Relation parent : catalog.parents(relation)) {
                relation(verb, parent, true, traits, depth + 1);
            }
        }
        if (!only && (!verb.equals(PostgresVocabulary.INSERT) || relation.kind() == RelationKind.PARTITIONED_TABLE)) {
            for (Relation child : catalog.children(relation)) {
                relation(verb, child, false, traits, depth + 1);
            }
        }
    }

    /** Notes a use of one column. */
    void column(Verb verb, Relation relation, String column, int traits) {
        column(verb, relation, relation.columnResource(column), column, traits, 0);
    }

    /** Notes a use of the column at an index. */
    void column(Verb verb, Relation relation, int index, int traits) {
        column(
                verb,
                relation,
                relation.columnResource(index),
                relation.columns().get(index).name(),
                traits,
                0);
    }

    private void column(Verb verb, Relation relation, Resource resource, String column, int traits, int depth) {
        boolean news = accesses.add(verb, resource, traits);
        if (!news || depth > DEEPEST || relation.isSystem()) {
            return;
        }
        if (relation.kind().isView()) {
            viewColumn(verb, relation, column, traits, depth);
            return;
        }
        for (Relation parent : catalog.parents(relation)) {
            sameColumn(verb, parent, column, traits, depth);
        }
        for (Relation child : catalog.children(relation)) {
            sameColumn(verb, child, column, traits, depth);
        }
    }

    private void sameColumn(Verb verb, Relation relation, String column, int traits, int depth) {
        int index = relation.indexOf(column);
        if (index >= 0) {
            column(verb, relation, relation.columnResource(index), column, traits, depth + 1);
        }
    }

    private void viewColumn(Verb verb, Relation view, String column, int traits, int depth) {
        List<ViewColumn> lineage = catalog.lineage(view);
        int index = view.indexOf(column);
        if (lineage != null && index >= 0) {
            ViewColumn source = lineage.get(index);
            origins(verb, source.origins(), source.bare() ? traits : computed(traits), depth);
        } else {
            origins(verb, catalog.dependencies(view), computed(traits), depth);
        }
    }

    private void origins(Verb verb, List<Origin> origins, int traits, int depth) {
        for (Origin origin : origins) {
            Relation relation = origin.relation();
            column(verb, relation, relation.columnResource(origin.column()), origin.column(), traits, depth + 1);
        }
    }

    /** The traits of what a computed value is made of, where the value itself has these. */
    static int computed(int traits) {
        return (traits & AccessCollector.OUTPUT) == 0
                ? traits
                : (traits & ~AccessCollector.OUTPUT) | AccessCollector.COMPUTED;
    }
}
