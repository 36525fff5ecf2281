package io.sallyport.postgres.relay;

import io.netty.buffer.ByteBuf;
import io.sallyport.netty.ProtocolException;
import io.sallyport.postgres.statement.Names;
import io.sallyport.postgres.target.SideConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer with a relation in it that the catalog snapshot does not have, so that nobody can tell what to mask: it waits,
 * and everything behind it, while a newer snapshot is read on a second connection. If that one does not have the relation
 * either, the session ends before a row of it is seen.
 */
final class Reloading {

    private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

    private final Relay relay;
    private @Nullable ByteBuf kept;
    private @Nullable SideConnection side;
    private @Nullable Names newer;

    Reloading(Relay relay) {
        this.relay = relay;
    }

    boolean isUnderWay() {
        return kept != null;
    }

    /** By what answers are masked. */
    Names names() {
        Names own = newer;
        return own == null ? relay.tracked.names() : own;
    }

    /** Keeps a frame that could not be masked. */
    void begin(int type, ByteBuf buffer, int start, int end) {
        if (newer != null) {
            throw unmaskable();
        }
        kept = buffer.retainedSlice(start, end - start);
        relay.targetSide.pause();
        relay.session.own("catalog queries on a second connection");
        SideConnection connection = relay.services
                .targets()
                .ask(
                        relay.session,
                        relay.asking.catalogStatements(),
                        relay.toTarget.channel().eventLoop());
        side = connection;
        connection.answers().whenComplete((answers, failure) -> relay.guarded(() -> loaded(type, answers, failure)));
    }

    private void loaded(int type, @Nullable List<List<@Nullable String[]>> answers, @Nullable Throwable failure) {
        ByteBuf frame = kept;
        if (frame == null) {
            return;
        }
        try {
            if (answers == null) {
                LOG.warn("session {}: the catalog could not be read again: {}", relay.session.id(), failure);
                throw unmaskable();
            }
            newer = relay.asking.snapshot(answers);
            if (!relay.tracked.touched()) {
                relay.newest.replace(newer);
                relay.tracked.adopt(relay.newest);
            }
            relay.targetSide.frame(type, frame, 0, frame.readableBytes());
            relay.toClient.emit();
        } finally {
            newer = null;
            release();
        }
        relay.resumeTarget();
    }

    private static ProtocolException unmaskable() {
        return new ProtocolException(
                "the result has columns of a relation that the catalog does not show, which cannot be masked: try again");
    }

    void release() {
        ByteBuf frame = kept;
        if (frame != null) {
            kept = null;
            frame.release();
        }
        SideConnection asked = side;
        if (asked != null) {
            side = null;
            asked.close();
        }
    }
}
