package io.sallyport.postgres.sql.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the definition of a view. */
@FunctionalInterface
public interface LineageReader {

    /** What the view's columns come from, in order; null if the definition cannot be followed. */
    @Nullable
    List<Catalog.ViewColumn> read(Relation view, Catalog catalog);
}
