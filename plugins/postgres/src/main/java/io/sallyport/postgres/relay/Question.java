package io.sallyport.postgres.relay;

import io.sallyport.postgres.wire.Report;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements of the gateway's own, run in order on the session's connection, and their rows. */
final class Question {

    private final List<String> statements;
    private final List<List<@Nullable String[]>> answers = new ArrayList<>();
    private final Runnable answered;
    private @Nullable Report failure;

    /**
     * A question.
     *
     * @param answered runs when the target is ready again, whether it answered or failed
     */
    Question(List<String> statements, Runnable answered) {
        this.statements = List.copyOf(statements);
        this.answered = answered;
    }

    List<String> statements() {
        return statements;
    }

    /** For each statement that was answered its rows. */
    List<List<@Nullable String[]>> answers() {
        return answers;
    }

    void begin() {
        answers.add(new ArrayList<>());
    }

    void row(@Nullable String[] columns) {
        answers.get(answers.size() - 1).add(columns);
    }

    void fail(Report report) {
        failure = report;
    }

    boolean isFailed() {
        return failure != null;
    }

    /** The target's error, null if there was none. */
    @Nullable
    Report failure() {
        return failure;
    }

    void answered() {
        answered.run();
    }
}
