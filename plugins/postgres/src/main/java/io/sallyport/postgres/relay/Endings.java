package io.sallyport.postgres.relay;

import io.netty.buffer.ByteBuf;
import io.sallyport.api.session.Outcome;
import io.sallyport.netty.ProtocolException;
import io.sallyport.postgres.mask.ReportMasker;
import io.sallyport.postgres.statement.Effect;
import io.sallyport.postgres.wire.Backend;
import io.sallyport.postgres.wire.Report;
import io.sallyport.postgres.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How commands end. The outcome of an action is recorded before the client sees that it ended.
 *
 * <p>A Query may have several commands and has one outcome, which is known when the next message is ReadyForQuery: the last
 * CommandComplete waits for it, the earlier ones are noted.
 */
final class Endings {

    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private final Relay relay;
    private final TargetSide side;
    private @Nullable ByteBuf held;
    private boolean fatalSeen;
    private byte[] lastTagBytes = {};
    private String lastTag = "";

    Endings(Relay relay, TargetSide side) {
        this.relay = relay;
        this.side = side;
    }

    /** CommandComplete, EmptyQueryResponse or PortalSuspended. */
    void commandEnds(int type, ByteBuf buffer, int start, int end) {
        Expected kind = relay.expectations.kind();
        if (kind == Expected.OWN_ROWS) {
            relay.expectations.remove();
            return;
        }
        Work work = side.work();
        if (kind == Expected.QUERY) {
            queryCommandEnds(work, type, buffer, start, end);
            return;
        }
        relay.expectations.remove();
        if (type == Backend.PORTAL_SUSPENDED) {
            relay.toClient.forward(buffer, start, end);
            return;
        }
        String tag = type == Backend.COMMAND_COMPLETE ? tag(buffer, start, end) : "";
        CompletionStage<@Nullable Void> stage = work.complete(Outcome.Status.SUCCEEDED, tag, null);
        forwardAfter(stage, buffer, start, end);
        if (work.reading().may(Effect.COPY_IN)) {
            relay.clientSide.copyEnds();
        }
    }

    private void queryCommandEnds(Work work, int type, ByteBuf buffer, int start, int end) {
        if (type == Backend.PORTAL_SUSPENDED) {
            throw new ProtocolException("the target suspended what has no portal");
        }
        work.shapeUnknown();
        releaseHeld();
        int next = followedBy(buffer, end);
        if (next == Backend.READY) {
            forwardAfter(work.complete(Outcome.Status.SUCCEEDED, tag(buffer, start, end), null), buffer, start, end);
        } else if (next >= 0) {
            noteCommand(work, tag(buffer, start, end));
            relay.toClient.forward(buffer, start, end);
        } else {
            held = relay.toClient.channel().alloc().buffer(end - start + 64).writeBytes(buffer, start, end - start);
        }
    }

    /** The type of the next frame that is not said by the way, -1 if it is not there yet. */
    private static int followedBy(ByteBuf buffer, int end) {
        int at = end;
        int limit = buffer.writerIndex();
        while (limit - at >= Wire.HEADER) {
            int type = buffer.getUnsignedByte(at);
            if (type != Backend.PARAMETER_STATUS && type != Backend.NOTICE && type != Backend.NOTIFICATION) {
                return type;
            }
            int length = buffer.getInt(at + 1);
            if (length < 4 || length > limit - at - 1) {
                return -1;
            }
            at += length + 1;
        }
        return -1;
    }

    /** Keeps what is said by the way behind a CommandComplete that waits; takes nothing over. */
    boolean keepBehindHeld(ByteBuf buffer, int start, int end) {
        ByteBuf waiting = held;
        if (waiting == null) {
            return false;
        }
        waiting.writeBytes(buffer, start, end - start);
        return true;
    }

    private void noteCommand(Work work, String tag) {
        relay.session.note("action " + work.exchange().number() + ", command " + work.command() + ": " + tag);
    }

    /** A CommandComplete that waits turns out not to be the last one of its Query. */
    void releaseHeld() {
        ByteBuf waiting = held;
        if (waiting != null) {
            held = null;
            noteCommand(side.work(), tag(waiting, 0, waiting.writerIndex()));
            relay.toClient.write(waiting);
        }
    }

    private void forwardAfter(CompletionStage<@Nullable Void> stage, ByteBuf buffer, int start, int end) {
        CompletableFuture<@Nullable Void> future = stage.toCompletableFuture();
        if (future.isDone() && !future.isCompletedExceptionally()) {
            relay.toClient.forward(buffer, start, end);
            return;
        }
        ByteBuf kept = buffer.retainedSlice(start, end - start);
        relay.after(stage, () -> relay.toClient.write(kept));
    }

    private String tag(ByteBuf buffer, int start, int end) {
        if (buffer.getByte(start) != Backend.COMMAND_COMPLETE) {
            return "";
        }
        int from = start + Wire.HEADER;
        int zero = Wire.stringEnd(buffer, from, end);
        int length = zero - from;
        boolean same = length == lastTagBytes.length;
        for (int i = 0; i < length && same; i++) {
            same = buffer.getByte(from + i) == lastTagBytes[i];
        }
        if (!same) {
            lastTagBytes = Wire.bytes(buffer, from, zero);
            lastTag = new String(lastTagBytes, StandardCharsets.UTF_8);
        }
        return lastTag;
    }

    void functionResult(ByteBuf buffer, int start, int end) {
        side.expect(Expected.CALL);
        if (relay.expectations.context() instanceof Work work) {
            work.bytes(end - start);
            forwardAfter(work.complete(Outcome.Status.SUCCEEDED, "FunctionCall", null), buffer, start, end);
        }
    }

    void ready(ByteBuf buffer, int start, int end) {
        Wire.need(start + Wire.HEADER, 1, end);
        int status = buffer.getByte(start + Wire.HEADER);
        Expected kind = relay.expectations.kind();
        Object context = relay.expectations.context();
        if (kind == null) {
            throw new ProtocolException("the target is ready without being asked");
        }
        switch (kind) {
            case SYNC -> readyFor(buffer, start, end, status);
            case QUERY -> queryReady((Work) Objects.requireNonNull(context), buffer, start, end, status);
            case CALL, REFUSED_QUERY -> {
                if (kind == Expected.REFUSED_QUERY) {
                    confirmZap();
                }
                readyFor(buffer, start, end, status);
            }
            case OWN_SYNC -> {
                relay.expectations.remove();
                side.status(status);
                ((Question) Objects.requireNonNull(context)).answered();
            }
            default -> throw new ProtocolException("the target is ready before it has answered");
        }
    }

    private void queryReady(Work work, ByteBuf buffer, int start, int end, int status) {
        ByteBuf waiting = held;
        held = null;
        String tag = waiting == null ? "" : tag(waiting, 0, waiting.writerIndex());
        confirmZap();
        CompletionStage<@Nullable Void> stage = work.complete(Outcome.Status.SUCCEEDED, tag, null);
        CompletableFuture<@Nullable Void> future = stage.toCompletableFuture();
        if (future.isDone() && !future.isCompletedExceptionally()) {
            if (waiting != null) {
                relay.toClient.write(waiting);
            }
            readyFor(buffer, start, end, status);
            return;
        }
        ByteBuf kept = buffer.retainedSlice(start, end - start);
        relay.after(stage, () -> {
            if (waiting != null) {
                relay.toClient.write(waiting);
            }
            try {
                readyFor(kept, 0, kept.readableBytes(), status);
                relay.toClient.emit();
            } finally {
                kept.release();
            }
        });
    }

    private void confirmZap() {
        relay.statements.confirm(relay.statements.slot(""), null, replaced -> {});
        relay.portals.confirm(relay.portals.slot(""), null, this::closedPortal);
    }

    private void readyFor(ByteBuf buffer, int start, int end, int status) {
        relay.expectations.remove();
        int before = side.status();
        side.status(status);
        if (status == 'I') {
            relay.portals.forget(this::closedPortal);
        }
        if (status == 'E' && before != 'E') {
            relay.tracked.aborted();
        }
        relay.toClient.forward(buffer, start, end);
        relay.clientSide.copyEnds();
        relay.clientSide.answersCame();
        relay.endIfDrained();
    }

    /** A portal is gone; its action ends with it if no Execute has ended it. */
    void closedPortal(Work work) {
        if (!work.isCompleted()) {
            relay.after(work.complete(Outcome.Status.SUCCEEDED, "", "portal closed before its end"), () -> {});
        }
    }

    void error(ByteBuf buffer, int start, int end) {
        Report report = Report.read(buffer, start, end);
        releaseHeld();
        Expected kind = relay.expectations.kind();
        Object context = relay.expectations.context();
        fatalSeen |= report.fatal();
        if (report.fatal() || kind == null) {
            relay.toClient.write(masked(report, context, buffer, start, end));
            return;
        }
        switch (kind) {
            case QUERY, CALL -> {
                failed((Work) Objects.requireNonNull(context), report, buffer, start, end);
                relay.clientSide.copyEnds();
            }
            case REFUSED_QUERY ->
                relay.toClient.write(((Refusal) Objects.requireNonNull(context)).error(relay.tracked.charset()));
            case SYNC -> relay.toClient.write(masked(report, context, buffer, start, end));
            case REFUSED -> {
                relay.toClient.write(((Refusal) Objects.requireNonNull(context)).error(relay.tracked.charset()));
                skip(report);
            }
            case OWN, OWN_ROWS, OWN_DESCRIBE, OWN_SYNC -> ownFailed(report, buffer, start, end);
            default -> {
                if (context instanceof Work work && kind == Expected.EXECUTE) {
                    failed(work, report, buffer, start, end);
                } else {
                    relay.toClient.write(masked(report, context, buffer, start, end));
                }
                skip(report);
            }
        }
    }

    private void failed(Work work, Report report, ByteBuf buffer, int start, int end) {
        boolean cancelled = report.code().equals("57014");
        ByteBuf out = masked(report, work, buffer, start, end);
        relay.after(
                work.complete(TargetSide.statusOf(cancelled), report.code(), null), () -> relay.toClient.write(out));
    }

    private ByteBuf masked(Report report, @Nullable Object context, ByteBuf buffer, int start, int end) {
        var masking =
                context instanceof Work work ? work.masking() : side.asides().masking();
        ByteBuf masked = ReportMasker.report(
                report, Backend.ERROR, masking, relay.toClient.channel().alloc());
        return masked == null ? buffer.retainedSlice(start, end - start) : masked;
    }

    /** Removes what the target now skips. */
    private void skip(Report report) {
        boolean synced = relay.expectations.skipToSync((kind, context) -> skipped(kind, context, report.code()));
        if (synced) {
            relay.clientSide.copyEnds();
        } else {
            relay.clientSide.skipToSync();
        }
    }

    @SuppressWarnings("unchecked")
    private void skipped(Expected kind, @Nullable Object context, String code) {
        switch (kind) {
            case PARSE -> relay.statements.revoke(((Statement) Objects.requireNonNull(context)).slot());
            case BIND -> {
                Work work = (Work) Objects.requireNonNull(context);
                relay.portals.revoke(work.slot());
                relay.after(work.complete(Outcome.Status.FAILED, code, "skipped"), () -> {});
            }
            case CLOSE_STATEMENT ->
                relay.statements.revoke((NameTable.Slot<Statement>) Objects.requireNonNull(context));
            case CLOSE_PORTAL -> relay.portals.revoke((NameTable.Slot<Work>) Objects.requireNonNull(context));
            case QUERY -> {
                revokeZap();
                Work work = (Work) Objects.requireNonNull(context);
                relay.after(work.complete(Outcome.Status.FAILED, code, "skipped"), () -> {});
            }
            case REFUSED_QUERY -> revokeZap();
            case CALL -> {
                Work work = (Work) Objects.requireNonNull(context);
                relay.after(work.complete(Outcome.Status.FAILED, code, "skipped"), () -> {});
            }
            default -> {}
        }
    }

    private void revokeZap() {
        relay.statements.revoke(relay.statements.slot(""));
        relay.portals.revoke(relay.portals.slot(""));
    }

    /** A question of our own failed: behind it is our own Sync, or the client's pipeline in which it was asked. */
    private void ownFailed(Report report, ByteBuf buffer, int start, int end) {
        String failure = "a question of the gateway's own failed: " + report.code() + " " + report.text('M');
        LOG.warn("session {}: {}", relay.session.id(), failure);
        relay.session.note(failure);
        if (relay.expectations.kind() == Expected.OWN_SYNC) {
            return;
        }
        if (relay.expectations.context() instanceof Question) {
            relay.expectations.skipToSync((kind, context) -> {
                if (context instanceof Question question) {
                    question.fail(report);
                }
            });
            return;
        }
        relay.toClient.write(masked(report, null, buffer, start, end));
        skip(report);
    }

    void targetGone() {
        if (relay.isEnded()) {
            return;
        }
        if (relay.clientSide.isTerminated()) {
            relay.close("client-closed", "the client said goodbye", null);
        } else if (fatalSeen) {
            relay.close("target-closed", "the target ended the session", null);
        } else {
            relay.fatal("08006", "the target closed the connection", "target-closed");
        }
    }

    void release() {
        if (held != null) {
            held.release();
            held = null;
        }
    }
}
