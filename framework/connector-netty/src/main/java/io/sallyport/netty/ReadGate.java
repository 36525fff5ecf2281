package io.sallyport.netty;

import io.netty.channel.Channel;

/**
 * A set of reasons not to read from a channel: reading is on exactly when the set is empty. Nothing else touches
 * {@code autoRead}, so that one side becoming ready never resumes a reader that another had stopped.
 *
 * <p>Confined to the channel's event loop.
 */
public final class ReadGate {

    private final Channel channel;
    private int reasons;

    /** A gate that is open. */
    public ReadGate(Channel channel) {
        this.channel = channel;
    }

    /** Adds a reason not to read. */
    public void close(Reason reason) {
        int before = reasons;
        reasons |= 1 << reason.ordinal();
        if (before == 0) {
            channel.config().setAutoRead(false);
        }
    }

    /** Removes a reason; the last one to go turns reading on. */
    public void open(Reason reason) {
        int before = reasons;
        reasons &= ~(1 << reason.ordinal());
        if (before != 0 && reasons == 0) {
            channel.config().setAutoRead(true);
        }
    }

    /** Whether the channel is read. */
    public boolean isOpen() {
        return reasons == 0;
    }

    /** Why a channel is not read. */
    public enum Reason {
        /** The other leg cannot take more at the moment. */
        PEER_SLOW,
        /** More is queued here than may be. */
        BACKLOG,
        /** The connection is closing. */
        CLOSING
    }
}
