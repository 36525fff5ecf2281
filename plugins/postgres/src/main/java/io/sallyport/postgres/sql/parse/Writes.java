package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.tree.Body;
import io.sallyport.postgres.sql.tree.Merge;
import io.sallyport.postgres.sql.tree.Modification;
import io.sallyport.postgres.sql.tree.Query;
import io.sallyport.postgres.sql.tree.Query.Select;

/** What can be said of a body by its form alone. */
final class Writes {

    private Writes() {}

    /** Whether the body changes anything. Data-modifying parts stand only at the top and in its WITH. */
    static boolean in(Body body) {
        if (!(body instanceof Query query)) {
            return true;
        }
        return query.with().tables().stream().anyMatch(table -> in(table.body()))
                || query.arms().stream()
                        .anyMatch(arm -> (arm instanceof Query.Nested nested && in(nested.query()))
                                || (arm instanceof Select select && select.into() != null));
    }

    /** Whether the body is a SELECT INTO. */
    static boolean makesRelation(Body body) {
        return body instanceof Query query
                && query.arms().stream()
                        .anyMatch(arm -> (arm instanceof Select select && select.into() != null)
                                || (arm instanceof Query.Nested nested && makesRelation(nested.query())));
    }

    /** Whether a data-modifying statement has RETURNING. */
    static boolean returns(Body body) {
        return (body instanceof Modification modification && modification.returning() != null)
                || (body instanceof Merge merge && merge.returning() != null);
    }
}
