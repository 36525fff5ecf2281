package io.sallyport.journal;

import io.sallyport.journal.lane.Durability;
import io.sallyport.journal.lane.Lane;
import io.sallyport.journal.lane.SegmentLane;
import io.sallyport.journal.read.Cursor;
import io.sallyport.journal.read.JournalReader;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.segment.SegmentFiles;
import io.sallyport.journal.upkeep.Retirement;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.ToLongFunction;

/**
 * The append-only, signed record of everything that passes a gateway.
 *
 * <ol>
 *   <li>One process has the directory open at a time.
 *   <li>What a record survives is as {@link Durability} says; a record that cannot be written is refused, never dropped.
 *   <li>Within about a second of a record, a checkpoint covers it, is on the disk, and has been offered to the listeners.
 *   <li>After an unclean stop the torn tail is cut and recorded, and every session that was open has a closing record with the status
 *       {@code interrupted}, before {@code open} returns.
 *   <li>Damage in what a checkpoint covers stops the start: it is evidence.
 * </ol>
 *
 * <p>Thread: safe from any thread; what it hands out says so itself.
 */
public final class Journal implements AutoCloseable {

    private final JournalParts parts;

    private Journal(JournalParts parts) {
        this.parts = parts;
    }

    /**
     * Opens the journal; makes it, and its keys, if the directory is empty.
     *
     * @throws JournalException if another process has it, a key is missing or another one, or what was signed is damaged
     * @throws IOException if the disk refuses
     */
    public static Journal open(JournalSettings settings, Clock clock) throws IOException {
        return open(settings, clock, SegmentFiles.disk(settings.durability() == Durability.SYNCED));
    }

    /** Opens a journal whose segments live in these files. */
    public static Journal open(JournalSettings settings, Clock clock, SegmentFiles files) throws IOException {
        return new Journal(JournalParts.open(settings, clock, files));
    }

    /**
     * The lane with this name, for one serial thread; what waits for the disk is completed on the thread that had the disk confirm.
     *
     * @throws IllegalArgumentException if no lane may have this name
     * @throws IllegalStateException if it was handed out before
     * @throws IOException if the disk has no room for it
     */
    public Lane lane(String name) throws IOException {
        return lane(name, Runnable::run);
    }

    /** The lane with this name, for one serial executor. Throws as {@link #lane(String)} does. */
    public Lane lane(String name, Executor executor) throws IOException {
        SegmentLane lane = parts.claim(name);
        lane.completeOn(executor);
        return lane;
    }

    /** The control lane, for any thread. */
    public Lane control() {
        return parts.control();
    }

    /** Whether the journal can write. */
    public JournalHealth health() {
        return parts.board().health();
    }

    /** Tells this listener of changes of health and of new checkpoints from now on. */
    public void listen(JournalListener listener) {
        parts.board().add(listener);
    }

    /** The id of the key that signs: the SHA-256 of the public key's encoding, in hexadecimal. */
    public String keyId() {
        return parts.keys().signing().id();
    }

    /**
     * The digest of content that is not recorded itself: an HMAC-SHA-256 under a secret of this journal, so that nobody without it can
     * tell by trying whether the content was a certain one.
     */
    public byte[] digest(byte[] content, int offset, int length) {
        return parts.keys().digest(content, offset, length);
    }

    /** The digest of all these bytes. */
    public byte[] digest(byte[] content) {
        return digest(content, 0, content.length);
    }

    /**
     * A reader that follows this journal from the cursor on and hands out records of these types, for one thread. It reads the files: it may lag as it likes, and never
     * delays a lane.
     */
    public JournalReader follow(Cursor cursor, Set<RecordType> types) throws IOException {
        return JournalReader.open(parts.settings().directory(), cursor, types);
    }

    /** Signs what is new now rather than within a second. */
    public void checkpoint() throws IOException {
        parts.notary().turn(true);
    }

    /**
     * Removes full segments whose records are all older than this, and keeps the rest provable: a checkpoint says from where on segments
     * must be there. May take long; not for a thread that carries traffic.
     *
     * @return how many segments were removed
     */
    public int retire(Instant before) throws IOException {
        return retire(before, lane -> Long.MAX_VALUE).removed();
    }

    /**
     * The same, but for what somebody has yet to read.
     *
     * @param needed the number of the first segment of a lane that must stay, whatever its age
     * @return what was removed, and what is old and stayed
     */
    public Retirement retire(Instant before, ToLongFunction<String> needed) throws IOException {
        return parts.retention().retire(before.getEpochSecond() * 1_000_000L + before.getNano() / 1_000, needed);
    }

    /** Refuses records from now on, signs what is there, deletes the spares and lets the directory go. */
    @Override
    public void close() throws IOException {
        parts.close();
    }
}
