package io.sallyport.postgres.statement;

import io.sallyport.api.action.Resource;
import org.jspecify.annotations.Nullable;

/** A snapshot of the catalog of one database. Two snapshots are equal if and only if they are the same version. */
public interface Names {

    /** The column of a relation, null if the snapshot does not have it. */
    @Nullable
    Resource column(int relation, int attribute);

    /** A function, null if the snapshot does not have it. */
    @Nullable
    Resource function(int oid);
}
