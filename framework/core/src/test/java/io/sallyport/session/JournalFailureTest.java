package io.sallyport.session;

import static io.sallyport.session.SessionWorld.join;
import static io.sallyport.session.SessionWorld.statement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.Sessions;
import io.sallyport.journal.segment.SegmentFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A session whose journal cannot write")
@SuppressWarnings("NullAway.Init")
final class JournalFailureTest {

    @TempDir
    Path directory;

    /** A disk on which no further segment can be made once it is full. */
    private static final class FullDisk implements SegmentFiles {

        private final SegmentFiles disk = SegmentFiles.disk();
        private final AtomicBoolean full = new AtomicBoolean();

        @Override
        public MappedByteBuffer create(Path file, ByteBuffer header, int size) throws IOException {
            if (full.get()) {
                throw new IOException("No space left on device");
            }
            return disk.create(file, header, size);
        }

        @Override
        public MappedByteBuffer open(Path file) throws IOException {
            return disk.open(file);
        }

        @Override
        public void delete(Path file) throws IOException {
            disk.delete(file);
        }
    }

    @Test
    @DisplayName("denies, ends with a reason, and reports no success for what was running")
    void stops() throws IOException {
        // Given
        FullDisk disk = new FullDisk();
        try (SessionWorld world = new SessionWorld(directory, disk)) {
            Session session = world.open();
            Exchange running = world.submit(session, statement("SELECT 1", "select", "t"));
            disk.full.set(true);
            String large = "SELECT " + "1".repeat(60_000);
            // When
            Verdict.Final last = Verdict.Allow.PLAIN;
            for (int i = 0; i < 1000 && last instanceof Verdict.Allow; i++) {
                last = world.submit(session, statement(large, "select", "t")).decided();
            }
            boolean succeeded = join(world.call(() ->
                            running.complete(new Outcome(Outcome.Status.SUCCEEDED, "x".repeat(60_000), 1, 1, null)))
                    .thenCompose(it -> it)
                    .handle((written, failure) -> failure == null));
            // Then
            Verdict.Deny deny = assertInstanceOf(Verdict.Deny.class, last);
            assertEquals("journal", deny.rule());
            assertEquals(Sessions.EndCause.JOURNAL, world.endings.get(0).cause());
            assertTrue(!succeeded, "an outcome that is not written is no success");
        }
    }
}
