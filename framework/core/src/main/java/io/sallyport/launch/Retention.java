package io.sallyport.launch;

import io.sallyport.journal.Journal;
import io.sallyport.journal.upkeep.Retirement;
import io.sallyport.launch.follow.Followers;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what the journal need not keep any longer, soon after the start and every hour, on a thread of its own. What a follower has not
 * passed on stays, however old: that is logged every hour, and recorded when it begins.
 */
final class Retention implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /** By then followers know how far they have come. */
    private static final long FIRST_LOOK_SECONDS = 30;

    private static final long HOUR_SECONDS = 3600;

    private final Journal journal;
    private final Duration kept;
    private final Followers followers;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "journal-retention");
        made.setDaemon(true);
        return made;
    });
    private int heldBack;

    private Retention(Journal journal, Duration kept, Followers followers, InstantSource clock) {
        this.journal = journal;
        this.kept = kept;
        this.followers = followers;
        this.clock = clock;
    }

    static Retention start(Journal journal, Duration kept, Followers followers, InstantSource clock) {
        Retention retention = new Retention(journal, kept, followers, clock);
        retention.thread.scheduleWithFixedDelay(retention::run, FIRST_LOOK_SECONDS, HOUR_SECONDS, TimeUnit.SECONDS);
        return retention;
    }

    private void run() {
        try {
            Retirement retirement = journal.retire(clock.instant().minus(kept), followers::needed);
            if (retirement.removed() > 0) {
                log.info("{} segments of the journal were older than {} and are gone", retirement.removed(), kept);
            }
            holdBack(retirement.kept());
        } catch (IOException | RuntimeException e) {
            log.error("old segments of the journal could not be removed; trying again in an hour", e);
        }
    }

    private void holdBack(int segments) {
        if (segments > 0) {
            log.warn(
                    "{} segments of the journal are older than {} and stay, since not everybody has read them; late are: {}",
                    segments,
                    kept,
                    followers.behind());
        }
        if (segments > 0 && heldBack == 0) {
            followers.recordKept(segments);
        }
        heldBack = segments;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
