package io.sallyport.postgres.sql.tree;

import java.util.List;

/**
 * A relation as written.
 *
 * @param names one to three names: database, schema, relation
 * @param only whether ONLY leaves its children out
 */
public record RelationName(List<String> names, boolean only) {

    /** The last name. */
    public String last() {
        return names.get(names.size() - 1);
    }
}
