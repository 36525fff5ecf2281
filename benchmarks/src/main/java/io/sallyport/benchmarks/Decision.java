package io.sallyport.benchmarks;

import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.decision.Decisions;
import io.sallyport.decision.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a verdict costs that nobody remembers: the scope, a deny list, masking, and their combination. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class Decision {

    private final Policy policy = Statements.policy();
    private final Policy searching = Statements.policyWithTextPattern();
    private final SqlStatement statement = Statements.select(1);
    private final Decisions decisions = new Decisions(Runnable::run, Duration.ofSeconds(5));
    private final Operation operation = new Operation(
            Statements.PRINCIPAL, "bench", "app", "bench", statement, Instant.parse("2026-01-01T00:00:00Z"));

    /** Scope and guardrails. */
    @Benchmark
    public CompletionStage<?> judge() {
        return decisions.judge(policy, operation);
    }

    /** The same where a rule searches the text for a pattern. */
    @Benchmark
    public CompletionStage<?> judgeText() {
        return decisions.judge(searching, operation);
    }

    /** The scope alone. */
    @Benchmark
    public Object scope() {
        return policy.scope().firstUncovered(statement.accesses(), false) == null;
    }
}
