package io.sallyport.postgres.statement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything outside a text on which its meaning depends.
 *
 * @param standardStrings whether a backslash in a plain literal is an ordinary character
 * @param searchPath the schemas in which names are looked up, in order; null if they are not known
 * @param names the snapshot of the catalog, compared by identity of its version
 */
public record Surroundings(
        boolean standardStrings, @Nullable List<String> searchPath, Names names) {

    /** Copies the path. */
    public Surroundings {
        searchPath = searchPath == null ? null : List.copyOf(searchPath);
    }
}
