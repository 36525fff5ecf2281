package io.sallyport.journal.verify;

import io.sallyport.journal.proof.Checkpoint;
import io.sallyport.journal.proof.CheckpointFile;
import io.sallyport.journal.proof.CheckpointLog;
import io.sallyport.journal.proof.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the checkpoints against each other. Each holds the hash of the line before it, so a good signature on the last one vouches for
 * every byte of all of them.
 */
final class CheckpointChain {

    private static final int REMEMBERED = 64;

    private final PublicKey key;
    private final Findings findings;
    private final @Nullable Checkpoint anchor;
    private final Deque<Checkpoint> latest = new ArrayDeque<>();
    private @Nullable Checkpoint previous;
    private long count;
    private boolean anchored;

    CheckpointChain(PublicKey key, Findings findings, @Nullable Checkpoint anchor) {
        this.key = key;
        this.findings = findings;
        this.anchor = anchor;
    }

    /** Reads the file; returns the last checkpoint whose signature is good. */
    Optional<Checkpoint> read(Path directory) throws IOException {
        try (CheckpointFile file = CheckpointFile.open(directory)) {
            for (Optional<String> line = file.next(); line.isPresent(); line = file.next()) {
                if (file.unfinished()) {
                    unfinished(line.get(), file.line());
                } else {
                    take(line.get(), file.line());
                }
            }
        }
        if (anchor != null && !anchored) {
            findings.add(
                    CheckpointLog.NAME,
                    count,
                    "the anchor, checkpoint " + anchor.number()
                            + ", is not in it: records that were signed are gone, or the"
                            + " anchor is another journal's");
        }
        return lastSigned();
    }

    /** A stop may leave the beginning of a line, which nobody was given; but not a whole one that ends otherwise. */
    private void unfinished(String rest, long line) {
        if (isCheckpoint(rest) || isCheckpoint(rest.substring(0, rest.length() - 1))) {
            findings.add(CheckpointLog.NAME, line, "the last line does not end as it was written");
        } else {
            findings.note("the last checkpoint was cut off while it was written; nobody was given it");
        }
    }

    private static boolean isCheckpoint(String text) {
        try {
            Checkpoint.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void take(String line, long number) {
        count++;
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(line);
        } catch (IllegalArgumentException e) {
            findings.add(CheckpointLog.NAME, number, "not a checkpoint");
            return;
        }
        long belongs = previous == null ? 1 : previous.number() + 1;
        if (checkpoint.number() != belongs) {
            findings.add(
                    CheckpointLog.NAME,
                    number,
                    "checkpoint " + checkpoint.number() + " stands where " + belongs
                            + " belongs: one is missing, doubled or out of order");
        }
        String expected = previous == null ? Checkpoint.NO_PREVIOUS : previous.hash();
        if (!checkpoint.previous().equals(expected)) {
            findings.add(CheckpointLog.NAME, number, "the checkpoint does not follow the one before it");
        }
        if (!checkpoint.keyId().equals(SigningKey.id(key))) {
            findings.add(CheckpointLog.NAME, number, "the checkpoint names another key than the one given");
        }
        if (anchor != null && checkpoint.line().equals(anchor.line())) {
            anchored = true;
        }
        previous = checkpoint;
        latest.addLast(checkpoint);
        if (latest.size() > REMEMBERED) {
            latest.removeFirst();
        }
    }

    private Optional<Checkpoint> lastSigned() {
        boolean newest = true;
        while (!latest.isEmpty()) {
            Checkpoint checkpoint = latest.removeLast();
            if (checkpoint.signedBy(key)) {
                return Optional.of(checkpoint);
            }
            if (newest) {
                findings.add(CheckpointLog.NAME, count, "the last checkpoint's signature is not this key's");
            }
            newest = false;
        }
        return Optional.empty();
    }

    long count() {
        return count;
    }

    boolean anchored() {
        return anchored;
    }
}
