package io.sallyport.postgres.statement;

import io.sallyport.postgres.sql.PreparedStatements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads statements. Safe for use by several threads.
 *
 * <ol>
 *   <li>{@link #read} never throws for a text: what it cannot read is opaque.
 *   <li>The queries of {@link #catalogQueries()} name everything with its schema, operators too.
 * </ol>
 */
public interface StatementReader {

    /** Reads the text of one message. */
    Reading read(String text, Surroundings surroundings, PreparedStatements prepared);

    /** The analysis of a call by number, for FunctionCall messages. */
    Reading call(Names names, int function);

    /** The queries whose answers make a snapshot. */
    List<String> catalogQueries();

    /**
     * Makes a snapshot of the answers.
     *
     * @param database the name of the database
     * @param answers for each query its rows, each row its columns in text; no answers for a snapshot of nothing
     */
    Names names(String database, List<List<@Nullable String[]>> answers);
}
