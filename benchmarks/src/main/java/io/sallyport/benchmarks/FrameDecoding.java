package io.sallyport.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.sallyport.netty.FrameReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Finding one frame's bounds in bytes as they come from a socket. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class FrameDecoding {

    private static final int ROWS = 64;
    private static final int CUT = 100;

    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final Counting frames = new Counting();
    private final FrameReader reader = new FrameReader(allocator, frames);
    private final ByteBuf rows = rows();

    /** Rows of a result, each about 130 bytes. */
    private ByteBuf rows() {
        byte[] value = "x".repeat(120).getBytes(StandardCharsets.US_ASCII);
        ByteBuf buffer = allocator.directBuffer();
        for (int i = 0; i < ROWS; i++) {
            buffer.writeByte('D').writeInt(4 + 2 + 4 + value.length).writeShort(1);
            buffer.writeInt(value.length).writeBytes(value);
        }
        return buffer;
    }

    /** Frames that lie in one buffer. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long inOneBuffer() {
        reader.feed(rows.retainedDuplicate());
        return frames.bytes;
    }

    /** Frames of which nearly all are cut by a buffer's end. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long cut() {
        for (int from = 0; from < rows.writerIndex(); from += CUT) {
            reader.feed(rows.retainedSlice(from, Math.min(CUT, rows.writerIndex() - from)));
        }
        return frames.bytes;
    }

    /** Gives the buffers back. */
    @TearDown
    public void close() {
        reader.close();
        rows.release();
    }

    /** Counts what is handed over. */
    private static final class Counting implements FrameReader.Frames {
        private long bytes;

        @Override
        public boolean whole(int type, int size) {
            return true;
        }

        @Override
        public void frame(int type, ByteBuf buffer, int start, int end) {
            bytes += end - start;
        }

        @Override
        public void part(int type, ByteBuf buffer, int start, int end, boolean last) {
            bytes += end - start;
        }

        @Override
        public void endOfBuffer() {
            bytes++;
        }
    }
}
