package io.sallyport.postgres.statement;

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
    Reading read(String text, Surroundings surroundings);

    /** The analysis of a call by number, for FunctionCall messages. */
    Reading call(Names names, int function);

    /** The queries whose answers make a snapshot. */
    List<String> catalogQueries();

    /**
     * Makes a snapshot of the answers.
     *
     * @param answers for each query its rows, each row its columns in text
     */
    Names names(List<List<@Nullable String[]>> answers);
}
