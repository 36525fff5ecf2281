package io.sallyport.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SQL database behind the gateway: an embedded SQLite file for one node, PostgreSQL for several. Both have the same
 * schema, which {@link #open} brings up to date.
 *
 * <ol>
 *   <li>No call blocks its caller: work runs on the store's own pool, and stages complete there.
 *   <li>{@link #write} is one transaction; what it wrote is durable when its stage completes.
 *   <li>Work that the database refuses, or that cannot be reached, fails with {@link StoreUnavailableException}; an
 *       exception of the work itself comes through and rolls back.
 *   <li>A database that does not answer delays work by seconds, not more: connecting takes 3 s at most, a statement 5 s.
 * </ol>
 */
public final class Store implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final int THREADS = 4;
    private static final int QUEUE = 20_000;

    private final StoreSettings settings;
    private final HikariDataSource connections;
    private final Jdbi jdbi;
    private final ThreadPoolExecutor pool;
    private final ReentrantLock embeddedWriter = new ReentrantLock(true);

    private Store(StoreSettings settings, HikariDataSource connections) {
        this.settings = settings;
        this.connections = connections;
        this.jdbi = Jdbi.create(connections);
        this.pool = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), threads());
    }

    /**
     * Opens the store and brings its schema up to date. Blocks.
     *
     * @throws StoreUnavailableException if it cannot; the message names the store and the cause
     */
    public static Store open(StoreSettings settings) {
        return new Store(settings, Connections.open(settings));
    }

    /** Runs work that only reads. */
    public <T> CompletionStage<T> read(Work<T> work) {
        return submit(() -> jdbi.withHandle(work::run));
    }

    /** Runs work in one transaction. */
    public <T> CompletionStage<T> write(Work<T> work) {
        return submit(() -> {
            // SQLite has one writer: waiting here in turn is cheaper and fairer than its busy loop.
            if (settings.isEmbedded()) {
                embeddedWriter.lock();
            }
            try {
                return jdbi.inTransaction(work::run);
            } finally {
                if (settings.isEmbedded()) {
                    embeddedWriter.unlock();
                }
            }
        });
    }

    /** Completes if the database answers. */
    public CompletionStage<Boolean> ping() {
        return read(
                handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one() == 1);
    }

    private <T> CompletionStage<T> submit(Supplier<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            pool.execute(() -> run(call, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new StoreUnavailableException("the store is closed or has too much to do", e));
        }
        return result;
    }

    private <T> void run(Supplier<T> call, CompletableFuture<T> result) {
        try {
            result.complete(call.get());
        } catch (Throwable e) {
            result.completeExceptionally(translated(e));
        }
    }

    private Throwable translated(Throwable thrown) {
        if (thrown instanceof JdbiException || thrown instanceof SQLException) {
            Throwable root = thrown;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            LOG.debug("the store {} failed", settings.shown(), thrown);
            return new StoreUnavailableException(
                    "the store " + settings.shown() + " failed: " + root.getMessage(), thrown);
        }
        return thrown;
    }

    private static ThreadFactory threads() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "sallyport-store-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Lets running work end, for five seconds at most, and closes all connections. */
    @Override
    public void close() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(5, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
        connections.close();
    }

    /** Work on an open connection. */
    @FunctionalInterface
    public interface Work<T> {

        /** Does it; a thrown exception rolls back. */
        T run(Handle handle);
    }
}
