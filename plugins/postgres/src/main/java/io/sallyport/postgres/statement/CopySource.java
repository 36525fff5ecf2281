package io.sallyport.postgres.statement;

import io.sallyport.postgres.sql.StatementAnalysis;
import io.sallyport.postgres.sql.tree.Copy;
import io.sallyport.postgres.sql.tree.RelationName;
import io.sallyport.postgres.sql.tree.StatementKind;
import org.jspecify.annotations.Nullable;

/**
 * What COPY … TO STDOUT sends.
 *
 * @param query the query that has the same columns
 * @param options how the rows are written
 */
public record CopySource(String query, Copy.Options options) {

    /** The source of a text that is one COPY … TO STDOUT in text or CSV; null for any other. */
    static @Nullable CopySource of(StatementAnalysis analysis) {
        if (analysis.parts().size() != 1) {
            return null;
        }
        StatementAnalysis.Part part = analysis.parts().get(0);
        Copy copy = part.copy();
        if (part.kind() != StatementKind.COPY_OUT || copy == null) {
            return null;
        }
        Copy.Options options = copy.options();
        if (options.format().equals("binary") || options.encoding() != null) {
            return null;
        }
        RelationName relation = copy.relation();
        if (relation == null) {
            return copy.queryStart() < 0
                    ? null
                    : new CopySource(analysis.text().substring(copy.queryStart(), copy.queryEnd()), options);
        }
        StringBuilder query = new StringBuilder("SELECT ");
        for (int i = 0; i < copy.columns().size(); i++) {
            append(query.append(i == 0 ? "" : ", "), copy.columns().get(i));
        }
        query.append(copy.columns().isEmpty() ? "*" : "").append(" FROM ONLY ");
        for (int i = 0; i < relation.names().size(); i++) {
            append(query.append(i == 0 ? "" : "."), relation.names().get(i));
        }
        return new CopySource(query.toString(), options);
    }

    private static void append(StringBuilder query, String name) {
        query.append('"').append(name.replace("\"", "\"\"")).append('"');
    }
}
