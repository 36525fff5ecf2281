package io.sallyport.postgres.statement;

import io.sallyport.api.action.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A snapshot of the catalog of one database. Two snapshots are equal if and only if they are the same version. */
public interface Names {

    /**
     * The column of a relation and every column whose rules bear on it too: those behind a view, and those of the same name
     * in partitions, children and parents. Empty if the snapshot does not have it.
     */
    List<Resource> columns(int relation, int attribute);

    /** A function, null if the snapshot does not have it. */
    @Nullable
    Resource function(int oid);
}
