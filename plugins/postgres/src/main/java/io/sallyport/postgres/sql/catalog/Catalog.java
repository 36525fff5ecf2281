package io.sallyport.postgres.sql.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a database holds, at one moment.
 *
 * <ol>
 *   <li>Answers never change; another moment is another catalog with another {@link #version()}.
 *   <li>Safe for use by several threads.
 * </ol>
 */
public interface Catalog {

    /** Tells catalogs of one database apart; part of every cache key. */
    long version();

    /** The name of the database. */
    String database();

    /** The relation of that name in that schema, or null. */
    @Nullable
    Relation relation(String schema, String name);

    /** The relation with that OID, or null. */
    @Nullable
    Relation relation(int oid);

    /** The schemas that have a function, procedure or aggregate of that name; empty if none has. */
    List<String> functionSchemas(String name);

    /** The schemas other than pg_catalog that have an operator of that name; empty if none has. */
    List<String> operatorSchemas(String name);

    /** The direct parents of a partition or inheriting table. */
    List<Relation> parents(Relation relation);

    /** The direct partitions and inheriting tables. */
    List<Relation> children(Relation relation);

    /** The relations that a view's definition reads directly; empty for all else. */
    List<Relation> bases(Relation view);

    /**
     * What each column of a view comes from, in the order of its columns.
     *
     * @return null if the definition cannot be followed: then {@link #dependencies(Relation)} is all that is known
     */
    @Nullable
    List<ViewColumn> lineage(Relation view);

    /** Every column of other relations that a view's definition names anywhere. */
    List<Origin> dependencies(Relation view);

    /**
     * A column of a relation.
     *
     * @param relation the relation
     * @param column the column's name
     */
    record Origin(Relation relation, String column) {}

    /**
     * What one column of a view comes from.
     *
     * @param origins the columns that its value is made of
     * @param bare whether the value is one column's, unchanged
     */
    record ViewColumn(List<Origin> origins, boolean bare) {

        /** Copies the list. */
        public ViewColumn {
            origins = List.copyOf(origins);
        }
    }
}
