package io.sallyport.benchmarks;

import io.sallyport.journal.Journal;
import io.sallyport.journal.JournalSettings;
import io.sallyport.journal.lane.Durability;
import io.sallyport.journal.lane.Lane;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One record into a mapped segment of a journal on disk: what an action adds to an event loop. Between batches there is a
 * pause, so that spare segments are laid out as fast as they are used and the disk does not fill.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Benchmark)
public class JournalAppend {

    private static final int BATCH = 5_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final String STATEMENT = "SELECT abalance FROM pgbench_accounts WHERE aid = $1;";

    private final Scratch scratch = new Scratch();
    private final PayloadWriter payload = new PayloadWriter();
    private final Journal journal = open(scratch);
    private final Lane lane = lane(journal);
    private long sequence;

    private static Journal open(Scratch scratch) {
        try {
            return Journal.open(
                    new JournalSettings(
                            scratch.resolve("journal"),
                            Durability.WRITTEN,
                            JournalSettings.DEFAULT_SEGMENT_SIZE,
                            scratch.resolve("journal.key"),
                            "benchmark"),
                    Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Lane lane(Journal journal) {
        try {
            return journal.lane("loop-0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An action with its verdict: laid out, framed and checked. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long action() {
        long position = 0;
        for (int i = 0; i < BATCH; i++) {
            payload.reset()
                    .number(PayloadKey.ACTION, ++sequence)
                    .text(PayloadKey.TEXT, STATEMENT)
                    .text(PayloadKey.VERDICT, "allow");
            payload.list(PayloadKey.PARAMETERS).text(PayloadKey.ITEM, "1234567").end();
            position = lane.append(RecordType.ACTION, 1, 1, sequence, payload);
        }
        return position;
    }

    /** Lets the disk keep up. */
    @TearDown(Level.Invocation)
    public void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** Lets the directory go. */
    @TearDown
    public void close() throws IOException {
        journal.close();
        scratch.close();
    }
}
