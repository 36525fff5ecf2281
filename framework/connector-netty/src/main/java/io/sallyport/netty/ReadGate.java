package io.sallyport.netty;

import io.netty.channel.Channel;
import java.util.EnumSet;
import java.util.Set;

/**
 * A set of reasons not to read from a channel: reading is on exactly when the set is empty. Nothing else touches
 * {@code autoRead}, so that one side becoming ready never resumes a reader that another had stopped.
 *
 * <p>Confined to the channel's event loop.
 */
public final class ReadGate {

    private final Channel channel;
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

    /** A gate that is open. */
    public ReadGate(Channel channel) {
        this.channel = channel;
    }

    /** Adds a reason not to read. */
    public void close(Reason reason) {
        boolean open = reasons.isEmpty();
        reasons.add(reason);
        if (open) {
            channel.config().setAutoRead(false);
        }
    }

    /** Removes a reason; the last one to go turns reading on. */
    public void open(Reason reason) {
        if (reasons.remove(reason) && reasons.isEmpty()) {
            channel.config().setAutoRead(true);
        }
    }

    /** Removes every reason, for a connection whose remaining input is dropped. */
    public void openAll() {
        if (!reasons.isEmpty()) {
            reasons.clear();
            channel.config().setAutoRead(true);
        }
    }

    /** Whether the channel is read. */
    public boolean isOpen() {
        return reasons.isEmpty();
    }

    /** Why a channel is not read. */
    public enum Reason {
        /** The other leg cannot take more at the moment. */
        PEER_SLOW,
        /** More is queued here than may be. */
        BACKLOG
    }
}
