package io.sallyport.launch;

import io.sallyport.journal.Journal;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what the journal need not keep any longer, at start and every hour, on a thread of its own. */
final class Retention implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private final Journal journal;
    private final Duration kept;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "journal-retention");
        made.setDaemon(true);
        return made;
    });

    private Retention(Journal journal, Duration kept, InstantSource clock) {
        this.journal = journal;
        this.kept = kept;
        this.clock = clock;
    }

    static Retention start(Journal journal, Duration kept, InstantSource clock) {
        Retention retention = new Retention(journal, kept, clock);
        retention.thread.scheduleWithFixedDelay(retention::run, 0, 1, TimeUnit.HOURS);
        return retention;
    }

    private void run() {
        try {
            int removed = journal.retire(clock.instant().minus(kept));
            if (removed > 0) {
                log.info("{} segments of the journal were older than {} and are gone", removed, kept);
            }
        } catch (IOException | RuntimeException e) {
            log.error("old segments of the journal could not be removed; trying again in an hour", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
