package io.sallyport.ssh.relay;

import io.sallyport.ssh.transport.Connection;
import java.util.ArrayDeque;
import java.util.function.IntConsumer;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * One direction of a channel towards one peer: data and what must stay in order with it.
 *
 * <ol>
 *   <li>No more leaves than the peer's window and its connection take; the rest waits here.
 *   <li>Whoever sends is told how many of its bytes were passed on, and only then gives its own peer more window: so no
 *       more waits here than that peer was granted.
 *   <li>A pipe begins held: nothing leaves until it is released.
 * </ol>
 */
public final class Pipe {

    private static final int LONGEST_PACKET = 32 * 1024;

    private final Connection out;
    private final IntConsumer passed;
    private final ArrayDeque<Item> queue = new ArrayDeque<>();
    private int recipient;
    private long window;
    private int packet = LONGEST_PACKET;
    private boolean held = true;
    private boolean discarding;
    private boolean closed;

    /**
     * A pipe.
     *
     * @param out the connection of the peer
     * @param passed hears how many of the sender's bytes were passed on
     */
    Pipe(Connection out, IntConsumer passed) {
        this.out = out;
        this.passed = passed;
    }

    private sealed interface Item {}

    private record Chunk(byte[] bytes, int offset, int length, boolean error, int credit) implements Item {}

    private record InOrder(Runnable act) implements Item {}

    /** The peer's side of the channel is known. */
    void to(int channel, long firstWindow, long longestPacket) {
        recipient = channel;
        window = firstWindow;
        packet = (int) Math.max(1, Math.min(longestPacket, LONGEST_PACKET));
    }

    int recipient() {
        return recipient;
    }

    /** Keeps what comes, until it is released again. */
    void hold() {
        held = true;
    }

    /** Lets go what waits, now and later. */
    void release() {
        held = false;
        drain();
    }

    /** The peer takes more. */
    void adjust(long more) {
        window = Math.min(window + more, 0xFFFFFFFFL);
        drain();
    }

    /** The peer takes no more data; what must stay in order with it still runs. */
    void discard() {
        discarding = true;
        drain();
    }

    /** Forgets everything, now and later. */
    void close() {
        closed = true;
        queue.clear();
    }

    /**
     * Sends data, now or when it may go; the bytes are copied.
     *
     * @param error whether it is the second stream (RFC 4254 section 5.2, extended data type 1)
     * @param credit how many bytes of the sender this stands for
     */
    public void data(byte[] bytes, int offset, int length, boolean error, int credit) {
        if (closed) {
            return;
        }
        if (discarding) {
            passed.accept(credit);
            return;
        }
        if (held || !queue.isEmpty()) {
            byte[] kept = new byte[length];
            System.arraycopy(bytes, offset, kept, 0, length);
            queue.add(new Chunk(kept, 0, length, error, credit));
            return;
        }
        int sent = write(bytes, offset, length, error);
        if (sent == length) {
            passed.accept(credit);
        } else {
            byte[] kept = new byte[length - sent];
            System.arraycopy(bytes, offset + sent, kept, 0, kept.length);
            queue.add(new Chunk(kept, 0, kept.length, error, credit));
        }
    }

    /** Bytes of the sender that lead to nothing. */
    public void swallow(int credit) {
        passed.accept(credit);
    }

    /** Runs when everything before it has left. */
    public void inOrder(Runnable act) {
        if (closed) {
            return;
        }
        if (held || !queue.isEmpty()) {
            queue.add(new InOrder(act));
        } else {
            act.run();
        }
    }

    /** How many things wait. */
    int waiting() {
        return queue.size();
    }

    /** Sends what may go by now. */
    void drain() {
        while (!held && !closed) {
            Item item = queue.peek();
            if (item == null) {
                return;
            }
            if (item instanceof InOrder inOrder) {
                queue.poll();
                inOrder.act.run();
            } else if (item instanceof Chunk chunk && discarding) {
                queue.poll();
                passed.accept(chunk.credit);
            } else if (item instanceof Chunk chunk && !passOn(chunk)) {
                return;
            }
        }
    }

    private boolean passOn(Chunk chunk) {
        int sent = write(chunk.bytes, chunk.offset, chunk.length, chunk.error);
        queue.poll();
        if (sent == chunk.length) {
            passed.accept(chunk.credit);
            return true;
        }
        queue.addFirst(new Chunk(chunk.bytes, chunk.offset + sent, chunk.length - sent, chunk.error, chunk.credit));
        return false;
    }

    private int write(byte[] bytes, int offset, int length, boolean error) {
        int sent = 0;
        while (sent < length && window > 0 && out.wire().writable()) {
            int size = (int) Math.min(Math.min(window, packet), length - sent);
            Buffer message = out.message(
                    error ? SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA : SshConstants.SSH_MSG_CHANNEL_DATA,
                    size + 3 * Integer.BYTES);
            message.putUInt(recipient & 0xFFFFFFFFL);
            if (error) {
                message.putUInt(SshConstants.SSH_EXTENDED_DATA_STDERR);
            }
            message.putBytes(bytes, offset + sent, size);
            out.send(message);
            window -= size;
            sent += size;
        }
        return sent;
    }
}
