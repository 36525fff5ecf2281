package io.sallyport.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a table of tests found.
 *
 * @param passed how many rows came out as expected
 * @param failed how many did not
 * @param rows all rows in order
 */
public record TestReport(int passed, int failed, List<Result> rows) {

    /** Copies the list. */
    public TestReport {
        rows = List.copyOf(rows);
    }

    /** Counts. */
    static TestReport of(List<Result> rows) {
        int passed = (int) rows.stream().filter(Result::ok).count();
        return new TestReport(passed, rows.size() - passed, rows);
    }

    /**
     * What became of one row.
     *
     * @param line the line on which it begins
     * @param name what the table calls it
     * @param ok whether everything is as expected
     * @param differences what is not, in words
     * @param explanation why it came out so, null if the row cannot be asked
     */
    public record Result(
            int line,
            String name,
            boolean ok,
            List<String> differences,
            @Nullable Explanation explanation) {

        /** Copies the list. */
        public Result {
            differences = List.copyOf(differences);
        }
    }
}
