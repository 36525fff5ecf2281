package io.sallyport.admin.start;

import io.sallyport.admin.SessionRecords;
import io.sallyport.journal.read.JournalReader;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.RecordJson;
import io.sallyport.journal.record.SessionText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads sessions out of this node's journal, two at a time. */
final class JournalRecords implements SessionRecords, AutoCloseable {

    private static final int READERS = 2;
    private static final int WAITING = 32;

    private final Path directory;
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            READERS, READERS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), JournalRecords::thread);

    JournalRecords(Path directory) {
        this.directory = directory;
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletionStage<Page> read(String session, @Nullable String from, int limit) {
        try {
            return CompletableFuture.supplyAsync(() -> page(session, from, limit), pool);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new IllegalStateException("too many records are being read", e));
        }
    }

    private Page page(String session, @Nullable String from, int limit) {
        long[] id;
        int first;
        try {
            id = SessionText.parse(session);
            first = from == null ? 0 : Integer.parseUnsignedInt(from);
        } catch (IllegalArgumentException e) {
            return new Page(List.of(), null);
        }
        try {
            List<JournalRecord> records = JournalReader.open(directory).session(id[0], id[1]);
            int begin = Math.min(first, records.size());
            int end = (int) Math.min((long) begin + limit, records.size());
            return new Page(
                    records.subList(begin, end).stream().map(RecordJson::line).toList(),
                    end < records.size() ? Integer.toString(end) : null);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be read", e);
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "sallyport-records");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
