package io.sallyport.journal;

import io.sallyport.journal.lane.Durability;
import io.sallyport.journal.lane.JournalUnavailableException;
import io.sallyport.journal.lane.Lane;
import io.sallyport.journal.read.JournalReader;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A journal in a directory of its own, and short words for what tests do with it. */
final class JournalFixture {

    static final int MEBIBYTE = 1 << 20;

    private JournalFixture() {}

    static JournalSettings settings(Path home) {
        return settings(home, Durability.WRITTEN);
    }

    static JournalSettings settings(Path home, Durability durability) {
        return new JournalSettings(
                directory(home), durability, MEBIBYTE, home.resolve("journal.key"), "node-1", 256 << 10);
    }

    static Path directory(Path home) {
        return home.resolve("journal");
    }

    static Journal open(Path home) throws IOException {
        return Journal.open(settings(home), Clock.systemUTC());
    }

    static long say(Lane lane, RecordType type, long session, long sequence, String text) {
        return lane.append(type, 0, session, sequence, new PayloadWriter().text(PayloadKey.TEXT, text));
    }

    static List<JournalRecord> records(Path home) throws IOException {
        return JournalReader.open(directory(home)).poll(Integer.MAX_VALUE);
    }

    static List<String> texts(Path home, RecordType type) throws IOException {
        return records(home).stream()
                .filter(record -> record.type() == type)
                .map(record -> record.text(PayloadKey.TEXT).orElse(""))
                .toList();
    }

    static void await(Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + atMost);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Appends, and waits for a spare where the disk is slower than the test. */
    static long append(Lane lane, long sequence, String text) {
        AtomicLong position = new AtomicLong();
        await(Duration.ofSeconds(10), () -> {
            try {
                position.set(say(lane, RecordType.ACTION, 1, sequence, text));
                return true;
            } catch (JournalUnavailableException e) {
                return false;
            }
        });
        return position.get();
    }
}
