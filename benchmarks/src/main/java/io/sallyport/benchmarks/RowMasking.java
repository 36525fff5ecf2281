package io.sallyport.benchmarks;

import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
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

/** All detectors over the values of one row of about 130 bytes, as they come from the target. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class RowMasking {

    private static final byte[][] ORDINARY = row(
            "184467",
            "Ada Example",
            "2026-03-01 12:00:00.123456+00",
            "the second parcel of order 7731-22 was left at the neighbour's door; nobody has called so far",
            "open");

    private static final byte[][] REVEALING = row(
            "184467",
            "ada@example.com",
            "4111 1111 1111 1111",
            "please send the refund to DE89 3704 0044 0532 0130 00 and write to ada.example@mail.example.org",
            "open");

    private final Mask mask = mask();
    private final Counting sink = new Counting();

    private static byte[][] row(String... values) {
        byte[][] row = new byte[values.length][];
        for (int i = 0; i < values.length; i++) {
            row[i] = values[i].getBytes(StandardCharsets.UTF_8);
        }
        return row;
    }

    private static Mask mask() {
        Guardrail guardrail = Statements.masking().guardrail();
        Operation operation =
                new Operation(Statements.PRINCIPAL, "bench", "app", "bench", Statements.select(1), Instant.EPOCH);
        Verdict verdict = guardrail.evaluate(operation).toCompletableFuture().join();
        Masking masking = Objects.requireNonNull(((Verdict.Allow) verdict).masking());
        return Objects.requireNonNull(masking.maskFor(new Field("note", null, Field.Type.TEXT)));
    }

    /** A row in which there is nothing to hide. */
    @Benchmark
    public long ordinary() {
        return masked(ORDINARY);
    }

    /** A row with two addresses, a card number and an account number. */
    @Benchmark
    public long revealing() {
        return masked(REVEALING);
    }

    private long masked(byte[][] row) {
        for (byte[] value : row) {
            if (!mask.apply(value, 0, value.length, sink)) {
                sink.write(value, 0, value.length);
            }
        }
        return sink.bytes;
    }

    /** Where the values go. */
    private static final class Counting implements Mask.Sink {
        private long bytes;

        @Override
        public void write(byte[] array, int offset, int length) {
            bytes += length;
        }

        @Override
        public void writeNull() {
            bytes++;
        }
    }
}
