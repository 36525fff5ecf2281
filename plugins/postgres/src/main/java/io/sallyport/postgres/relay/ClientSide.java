package io.sallyport.postgres.relay;

import io.netty.buffer.ByteBuf;
import io.sallyport.api.Limits;
import io.sallyport.api.session.Exchange;
import io.sallyport.netty.FrameReader;
import io.sallyport.netty.Leg;
import io.sallyport.netty.ProtocolException;
import io.sallyport.netty.ReadGate;
import io.sallyport.postgres.statement.Effect;
import io.sallyport.postgres.wire.Frontend;
import io.sallyport.postgres.wire.FrontendMessages;
import io.sallyport.postgres.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * What the client sends, in order: judged where it asks for something, forwarded byte for byte.
 *
 * <pre>
 *           ┌────── refused ──────► SKIPPING ── Sync ──┐
 *   OPEN ───┤                                          ├──► OPEN
 *     │     └── COPY … FROM STDIN ► COPYING ── c or f ─┘
 *     └── verdict, catalog or answer awaited: nothing overtakes, bytes wait in the reader
 * </pre>
 */
final class ClientSide implements FrameReader.Frames, Leg.Events {

    private static final int SMALL = 64 * 1024;

    private final Relay relay;
    private final FrameReader reader;
    private final Limits limits;
    private final Judging judging;
    private final Waiting waiting;
    private final LongFrames longFrames;
    private boolean skipping;
    private boolean copying;
    private boolean terminated;
    private boolean copyAwaited;
    private boolean copyOfQuery;
    private long segment;
    private int unsynced;
    private int oversize;

    ClientSide(Relay relay) {
        this.relay = relay;
        this.reader = relay.loggedIn.clientLeg().reader();
        this.limits = relay.services.context().limits();
        this.waiting = new Waiting(relay, this, reader);
        this.longFrames = new LongFrames(relay, this);
        this.judging = new Judging(relay, this, waiting);
    }

    @Override
    public boolean whole(int type, int size) {
        long most =
                switch (type) {
                    case Frontend.BIND, Frontend.FUNCTION_CALL -> limits.maxMessage();
                    case Frontend.QUERY, Frontend.PARSE -> Math.min(limits.maxStatement() + SMALL, limits.maxMessage());
                    case Frontend.EXECUTE, Frontend.DESCRIBE, Frontend.CLOSE, Frontend.COPY_FAIL -> SMALL;
                    case Frontend.SYNC, Frontend.FLUSH, Frontend.TERMINATE, Frontend.COPY_DONE -> Wire.HEADER;
                    case Frontend.COPY_DATA -> Integer.MAX_VALUE;
                    default -> throw new ProtocolException("an unknown message type");
                };
        oversize = size > most ? size : 0;
        if (oversize > 0 && !asks(type)) {
            throw new ProtocolException("a message of " + size + " bytes where " + most + " are the most");
        }
        return size <= LongFrames.LONG && type != Frontend.COPY_DATA;
    }

    private static boolean asks(int type) {
        return switch (type) {
            case Frontend.QUERY, Frontend.PARSE, Frontend.BIND, Frontend.FUNCTION_CALL -> true;
            default -> false;
        };
    }

    @Override
    public void frame(int type, ByteBuf buffer, int start, int end) {
        if (skipping && type != Frontend.SYNC && type != Frontend.TERMINATE) {
            return;
        }
        if (copying) {
            copy(type, buffer, start, end);
            return;
        }
        if (oversize > 0) {
            longFrames.refuse(type, oversize);
            return;
        }
        switch (type) {
            case Frontend.BIND -> judging.bind(buffer, start, end);
            case Frontend.EXECUTE -> execute(buffer, start, end);
            case Frontend.SYNC -> sync(buffer, start, end);
            case Frontend.QUERY -> judging.query(buffer, start, end);
            case Frontend.PARSE -> judging.parse(buffer, start, end);
            case Frontend.DESCRIBE -> describe(buffer, start, end);
            case Frontend.CLOSE -> close(buffer, start, end);
            case Frontend.FLUSH -> relay.toTarget.forward(buffer, start, end);
            case Frontend.FUNCTION_CALL -> judging.call(buffer, start, end);
            case Frontend.TERMINATE -> terminate(buffer, start, end);
            // The server ignores what is left of a COPY that has failed.
            case Frontend.COPY_DATA, Frontend.COPY_DONE, Frontend.COPY_FAIL -> {}
            default -> throw new ProtocolException("an unknown message type");
        }
        if (relay.expectations.isFull()) {
            reader.pause();
        }
    }

    @Override
    public void part(int type, ByteBuf buffer, int start, int end, boolean last) {
        if (type == Frontend.COPY_DATA) {
            if (copying) {
                copyData(buffer, start, end);
            }
        } else if (oversize == 0 && !skipping) {
            longFrames.part(type, buffer, start, end, last);
        } else if (last) {
            longFrames.drop();
            frame(type, buffer, start, end);
        }
    }

    /** Sends a message that was judged. */
    void forward(ByteBuf buffer, int start, int end) {
        if (end - start <= LongFrames.LONG) {
            relay.toTarget.forward(buffer, start, end);
        } else {
            reader.pause();
            relay.toTarget.trickle(buffer, start, end, () -> relay.guarded(waiting::resume));
        }
    }

    @Override
    public void endOfBuffer() {
        relay.toTarget.emit();
    }

    private void sync(ByteBuf buffer, int start, int end) {
        skipping = false;
        relay.toTarget.forward(buffer, start, end);
        relay.expectations.add(Expected.SYNC, null);
        segment++;
        unsynced = 0;
    }

    /** What was asked for before is still done, as without a gateway. */
    private void terminate(ByteBuf buffer, int start, int end) {
        if (relay.expectations.isEmpty()) {
            relay.close("client-closed", "the client said goodbye", null);
            return;
        }
        terminated = true;
        reader.pause();
        relay.toTarget.forward(buffer, start, end);
    }

    boolean isTerminated() {
        return terminated;
    }

    private void execute(ByteBuf buffer, int start, int end) {
        int from = start + Wire.HEADER;
        String name = Wire.name(buffer, from, Wire.stringEnd(buffer, from, end));
        NameTable.Slot<Work> slot = relay.portals.find(name);
        if (slot != null && !slot.certainIn(segment)) {
            waiting.forAnswers(Frontend.EXECUTE, buffer, start, end);
            return;
        }
        Work work = slot == null ? null : slot.now();
        if (work == null) {
            refuse(Refusal.of("34000", "no portal of this name was bound here", relay.session.id()));
            return;
        }
        if (work.masking() != null && work.segment() != segment) {
            relay.asking.describePortal(name, work);
        }
        relay.toTarget.forward(buffer, start, end);
        relay.expectations.add(Expected.EXECUTE, work);
        relay.tracked.sent(work.reading());
        relay.prepared.sent(work.reading());
        unsynced++;
        if (work.reading().may(Effect.COPY_IN)) {
            // Without it the target would keep an error to itself until a Sync, which it must not be sent yet.
            relay.session.own("Flush");
            relay.toTarget.write(
                    FrontendMessages.bare(relay.toTarget.channel().alloc().buffer(5), Frontend.FLUSH));
            awaitCopy(false);
        }
    }

    private void describe(ByteBuf buffer, int start, int end) {
        int from = start + Wire.HEADER;
        Wire.need(from, 2, end);
        int what = buffer.getByte(from);
        if (what != 'S' && what != 'P') {
            throw new ProtocolException("a Describe of neither statement nor portal");
        }
        Wire.stringEnd(buffer, from + 1, end);
        relay.toTarget.forward(buffer, start, end);
        relay.expectations.add(what == 'S' ? Expected.DESCRIBE_STATEMENT : Expected.DESCRIBE_PORTAL, null);
        unsynced++;
    }

    private void close(ByteBuf buffer, int start, int end) {
        int from = start + Wire.HEADER;
        Wire.need(from, 2, end);
        int what = buffer.getByte(from);
        String name = Wire.name(buffer, from + 1, Wire.stringEnd(buffer, from + 1, end));
        relay.toTarget.forward(buffer, start, end);
        if (what == 'S') {
            NameTable.Slot<Statement> slot = relay.statements.slot(name);
            slot.change(null, segment);
            relay.expectations.add(Expected.CLOSE_STATEMENT, slot);
        } else if (what == 'P') {
            NameTable.Slot<Work> slot = relay.portals.slot(name);
            slot.change(null, segment);
            relay.expectations.add(Expected.CLOSE_PORTAL, slot);
        } else {
            throw new ProtocolException("a Close of neither statement nor portal");
        }
        unsynced++;
    }

    /** Refuses a message of a type that asks for something. */
    void refuse(int type, Refusal refusal) {
        if (type == Frontend.QUERY || type == Frontend.FUNCTION_CALL) {
            refuseQuery(refusal);
        } else {
            refuse(refusal);
        }
    }

    /** What stands for a refused message of the extended protocol; what follows is skipped, as the target does too. */
    void refuse(Refusal refusal) {
        relay.session.own("Parse of an unparsable text in place of a refused message");
        ByteBuf out = relay.toTarget.channel().alloc().buffer();
        FrontendMessages.parse(out, Refusal.NAME, Refusal.unparsable());
        relay.toTarget.write(out);
        relay.expectations.add(Expected.REFUSED, refusal);
        skipping = true;
        unsynced++;
    }

    /** What stands for a refused Query or FunctionCall. */
    void refuseQuery(Refusal refusal) {
        relay.session.own("Query of an unparsable text in place of a refused message");
        ByteBuf out = relay.toTarget.channel().alloc().buffer();
        FrontendMessages.query(out, Refusal.unparsable());
        relay.toTarget.write(out);
        zapUnnamed();
        relay.expectations.add(Expected.REFUSED_QUERY, refusal);
        unsynced = 0;
    }

    /** A Query destroys the unnamed statement and portal. */
    void zapUnnamed() {
        relay.statements.slot("").change(null, segment);
        relay.portals.slot("").change(null, segment);
    }

    void queryForwarded(boolean copyIn) {
        unsynced = 0;
        if (copyIn) {
            awaitCopy(true);
        }
    }

    void messageForwarded() {
        unsynced++;
    }

    long segment() {
        return segment;
    }

    /** Whether messages were sent whose success no Sync has asked for yet. */
    boolean hasUnsynced() {
        return unsynced > 0;
    }

    private void awaitCopy(boolean ofQuery) {
        copyAwaited = true;
        copyOfQuery = ofQuery;
        reader.pause();
    }

    private void copy(int type, ByteBuf buffer, int start, int end) {
        switch (type) {
            case Frontend.COPY_DATA -> copyData(buffer, start, end);
            case Frontend.COPY_DONE, Frontend.COPY_FAIL -> {
                relay.toTarget.forward(buffer, start, end);
                copying = false;
                if (copyOfQuery) {
                    awaitCopy(true);
                }
            }
            // The server ignores them during COPY, so that one ReadyForQuery is owed less.
            case Frontend.SYNC, Frontend.FLUSH -> {}
            case Frontend.TERMINATE -> relay.close("client-closed", "the client said goodbye during COPY", null);
            default -> throw new ProtocolException("a message that must not come during COPY");
        }
    }

    private void copyData(ByteBuf buffer, int start, int end) {
        relay.toTarget.forward(buffer, start, end);
        if (relay.expectations.context() instanceof Work work) {
            work.bytes(end - start);
            if (work.recorded()) {
                work.exchange().record(Exchange.Stream.INPUT, Wire.bytes(buffer, start, end), 0, end - start);
            }
        }
    }

    /** The target asks for COPY data. */
    void copyStarts(boolean ofQuery) {
        if (!copyAwaited && relay.expectations.size() > 1) {
            throw new ProtocolException("the target asks for COPY data that no statement announced");
        }
        copyAwaited = false;
        copyOfQuery = ofQuery;
        copying = true;
        waiting.resume();
    }

    /** A Query or Execute has ended, so that no COPY can be under way. */
    void copyEnds() {
        copying = false;
        if (copyAwaited) {
            copyAwaited = false;
            waiting.resume();
        }
    }

    /** The target skips everything up to a Sync that has not come yet. */
    void skipToSync() {
        skipping = true;
        copying = false;
        copyAwaited = false;
        waiting.abandon();
    }

    /** The target has answered. */
    void answersCame() {
        waiting.answersCame();
    }

    boolean isCopyAwaited() {
        return copyAwaited;
    }

    boolean isWaiting() {
        return waiting.isWaiting() || skipping || copying || copyAwaited || unsynced > 0 || reader.backlog() > 0;
    }

    /** Cancels the action that waits for people, if there is one. */
    boolean cancelHeld() {
        return waiting.cancel("cancelled by the client", null);
    }

    /** The session is over. */
    void dropped(String cause) {
        waiting.close(cause);
        longFrames.drop();
    }

    @Override
    public void burst() {
        if (reader.backlog() > limits.heldInput()) {
            if (waiting.isHeld()) {
                waiting.cancel(
                        "too much was sent behind a statement that waits for approval",
                        Refusal.of(
                                "54000",
                                "more than " + limits.heldInput()
                                        + " bytes were sent behind a statement that waits for approval",
                                relay.session.id()));
            }
            relay.loggedIn.clientGate().close(ReadGate.Reason.BACKLOG);
        }
        relay.flush();
    }

    @Override
    public void writable(boolean writable) {
        relay.clientWritable(writable);
    }

    @Override
    public void failed(RuntimeException cause) {
        relay.failed(cause);
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        relay.close("client-closed", cause == null ? "the client closed the connection" : cause.toString(), null);
    }
}
