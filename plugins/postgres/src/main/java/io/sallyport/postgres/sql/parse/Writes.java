package io.sallyport.postgres.sql.parse;

import io.sallyport.postgres.sql.tree.Body;
import io.sallyport.postgres.sql.tree.Merge;
import io.sallyport.postgres.sql.tree.Modification;
import io.sallyport.postgres.sql.tree.Query;
import io.sallyport.postgres.sql.tree.Query.Select;
import io.sallyport.postgres.sql.tree.With;

/** What can be said of a body by its form alone. */
final class Writes {

    private Writes() {}

    /** Whether the body changes anything. Data-modifying parts stand only at the top and in its WITH. */
    static boolean in(Body body) {
        if (!(body instanceof Query query)) {
            return true;
        }
        for (With.CommonTable table : query.with().tables()) {
            if (in(table.body())) {
                return true;
            }
        }
        for (Query.Arm arm : query.arms()) {
            if ((arm instanceof Query.Nested nested && in(nested.query())) || makesRelation(arm)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the body is a SELECT INTO. */
    static boolean makesRelation(Body body) {
        if (!(body instanceof Query query)) {
            return false;
        }
        for (Query.Arm arm : query.arms()) {
            if (makesRelation(arm) || (arm instanceof Query.Nested nested && makesRelation(nested.query()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean makesRelation(Query.Arm arm) {
        return arm instanceof Select select && select.into() != null;
    }

    /** Whether a data-modifying statement has RETURNING. */
    static boolean returns(Body body) {
        return (body instanceof Modification modification && modification.returning() != null)
                || (body instanceof Merge merge && merge.returning() != null);
    }
}
