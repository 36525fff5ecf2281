package io.sallyport.postgres.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What COPY copies, so that a connector can ask the server for the shape of its rows.
 *
 * @param relation the relation as written, null if a query is copied
 * @param columns the columns as the server means them, empty for all
 * @param queryStart where the query's text begins, -1 if a relation is copied
 * @param queryEnd where it ends
 * @param options the options
 */
public record Copy(
        @Nullable RelationName relation, List<String> columns, int queryStart, int queryEnd, Options options) {

    /**
     * The options that fix how rows are written.
     *
     * @param format {@code text}, {@code csv} or {@code binary}
     * @param delimiter the delimiter, null for the format's own
     * @param nullText the text for null, null for the format's own
     * @param quote the quote of CSV, null for its own
     * @param escape the escape of CSV, null for its own
     * @param header whether a header line comes first
     * @param encoding the encoding, null for the client's
     */
    public record Options(
            String format,
            @Nullable String delimiter,
            @Nullable String nullText,
            @Nullable String quote,
            @Nullable String escape,
            boolean header,
            @Nullable String encoding) {

        /** No options. */
        public static final Options NONE = new Options("text", null, null, null, null, false, null);
    }
}
