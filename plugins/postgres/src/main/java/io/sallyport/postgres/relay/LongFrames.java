package io.sallyport.postgres.relay;

import io.netty.buffer.ByteBuf;
import io.sallyport.netty.Spool;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of a client that are too long for memory: they go to a file as they come and are judged when they are whole. One
 * that is longer than the limits goes nowhere and is refused when its end has come.
 */
final class LongFrames {

    /** From this length on a message is not kept in memory. */
    static final int LONG = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(LongFrames.class);

    private final Relay relay;
    private final ClientSide side;
    private @Nullable Spool spool;
    private boolean lost;

    LongFrames(Relay relay, ClientSide side) {
        this.relay = relay;
        this.side = side;
    }

    /** Takes a part of a message; the last one has it judged. */
    void part(int type, ByteBuf buffer, int start, int end, boolean last) {
        keep(buffer, start, end);
        if (!last) {
            return;
        }
        ByteBuf whole = take();
        if (whole == null) {
            side.refuse(type, Refusal.of("53100", "a long message could not be kept in a file", relay.session.id()));
            return;
        }
        try {
            side.frame(type, whole, 0, whole.readableBytes());
            relay.toTarget.emit();
        } finally {
            whole.release();
        }
    }

    private void keep(ByteBuf buffer, int start, int end) {
        if (lost) {
            return;
        }
        try {
            if (spool == null) {
                spool = Spool.open();
            }
            spool.write(buffer, start, end);
        } catch (IOException e) {
            LOG.error("a long message cannot be kept in a file", e);
            drop();
            lost = true;
        }
    }

    private @Nullable ByteBuf take() {
        Spool kept = spool;
        spool = null;
        lost = false;
        if (kept == null) {
            return null;
        }
        try {
            return kept.finish(relay.toClient.channel().alloc());
        } catch (IOException e) {
            LOG.error("a long message cannot be read from its file", e);
            kept.drop();
            return null;
        }
    }

    /** Refuses a message of which nothing was kept. */
    void refuse(int type, int size) {
        String reason =
                "a message of " + size + " bytes is longer than the gateway takes (limits: max-statement, max-message)";
        relay.session.note(reason);
        side.refuse(type, Refusal.of("54000", reason, relay.session.id()));
    }

    void drop() {
        lost = false;
        if (spool != null) {
            spool.drop();
            spool = null;
        }
    }
}
