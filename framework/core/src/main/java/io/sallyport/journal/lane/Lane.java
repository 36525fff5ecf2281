package io.sallyport.journal.lane;

import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * A place to append records to.
 *
 * <ol>
 *   <li>When {@code append} returns, the record is in the journal, whole: it survives a kill of the process at any later instruction.
 *   <li>When {@code append} throws, nothing of the record is in the journal.
 *   <li>Records of one lane keep their order.
 *   <li>{@code append} neither blocks nor waits; it copies, and takes about as long as copying does.
 *   <li>A lane that refuses for want of space takes records again, without a restart, once there is space.
 *   <li>{@link RecordType#SESSION_CLOSED} of the sessions that are open in the lane is taken even when nothing else is: room for it, with a
 *       payload of up to 400 bytes, is kept.
 * </ol>
 *
 * <p>Thread: a lane belongs to one serial executor and is used from its thread only; the control lane may be used from any thread.
 */
public interface Lane {

    /** The lane's name. */
    String name();

    /**
     * Appends a record.
     *
     * @param type what it tells; not an internal type
     * @param sessionHigh the upper half of its session's id; 0 with {@code sessionLow} 0: of no session
     * @param sessionLow the lower half
     * @param sequence its number in its session
     * @param payload what it says; copied, so it may be reset at once
     * @return the position behind it, for {@link #durable}; positions of a lane grow
     * @throws JournalUnavailableException if it cannot be written: deny
     * @throws IllegalArgumentException if the payload is above the limit: deny
     */
    long append(RecordType type, long sessionHigh, long sessionLow, long sequence, PayloadWriter payload);

    /**
     * Appends a record whose payload is laid out already: the buffer's remaining bytes; its position stays.
     *
     * @return as above
     * @throws JournalUnavailableException as above
     * @throws IllegalArgumentException as above
     */
    long append(RecordType type, long sessionHigh, long sessionLow, long sequence, ByteBuffer payload);

    /**
     * Completes once everything up to this position is as durable as the journal's setting asks: at once when written is enough, else
     * after the disk has confirmed, on the lane's executor. Fails with {@link JournalUnavailableException} if the disk refuses.
     */
    CompletionStage<Void> durable(long position);
}
