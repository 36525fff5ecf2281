package io.sallyport.postgres.relay;

import io.netty.buffer.ByteBuf;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange;
import io.sallyport.netty.FrameReader;
import io.sallyport.netty.ReadGate;
import io.sallyport.postgres.wire.BackendMessages;
import org.jspecify.annotations.Nullable;

/**
 * The one message that nothing may overtake, while its verdict, the catalog, or the target's earlier answers are not there
 * yet. It is kept here and everything behind it in the reader.
 */
final class Waiting {

    private final Relay relay;
    private final ClientSide side;
    private final FrameReader reader;
    private @Nullable ByteBuf frame;
    private int type;
    private boolean forAnswers;
    private @Nullable Continuation continuation;
    private @Nullable Exchange exchange;
    private @Nullable Decision decision;
    private boolean held;
    private boolean cancelled;
    private @Nullable Refusal instead;

    Waiting(Relay relay, ClientSide side, FrameReader reader) {
        this.relay = relay;
        this.side = side;
        this.reader = reader;
    }

    private void keep(int frameType, ByteBuf buffer, int start, int end) {
        frame = buffer.retainedSlice(start, end - start);
        type = frameType;
        reader.pause();
    }

    /** Comes again when the target has answered what it was sent. */
    void forAnswers(int frameType, ByteBuf buffer, int start, int end) {
        keep(frameType, buffer, start, end);
        forAnswers = true;
    }

    /** Comes again when {@link #again()} says so. */
    void untilTold(int frameType, ByteBuf buffer, int start, int end) {
        keep(frameType, buffer, start, end);
    }

    /** Goes on as told when {@link #proceed()} says so. */
    void untilAnswered(int frameType, Continuation then, ByteBuf buffer, int start, int end) {
        keep(frameType, buffer, start, end);
        continuation = then;
    }

    /** What was waited for has been answered. */
    void proceed() {
        ByteBuf kept = frame;
        Continuation then = continuation;
        if (kept == null || then == null || relay.isEnded()) {
            return;
        }
        clear();
        try {
            then.goOn(kept, 0, kept.readableBytes());
            relay.toTarget.emit();
        } finally {
            kept.release();
        }
        resume();
    }

    /** Waits for the verdict. */
    void forVerdict(int frameType, Exchange submitted, Decision then, ByteBuf buffer, int start, int end) {
        keep(frameType, buffer, start, end);
        exchange = submitted;
        decision = then;
        submitted.onHold(hold -> relay.guarded(() -> held(submitted, hold)));
        submitted.verdict().whenComplete((verdict, failure) -> relay.guarded(() -> decided(submitted, verdict)));
    }

    @SuppressWarnings("ReferenceEquality")
    private void held(Exchange submitted, Exchange.Held hold) {
        if (submitted != exchange || relay.isEnded()) {
            return;
        }
        held = true;
        relay.targetSide.insert(BackendMessages.notice(
                "sallyport: waits for approval " + hold.approval() + ": " + hold.reason() + "; " + hold.url()
                        + " (session " + relay.session.id() + ", action " + submitted.number() + ")",
                relay.tracked.charset()));
    }

    @SuppressWarnings("ReferenceEquality")
    private void decided(Exchange submitted, Verdict.@Nullable Final verdict) {
        Decision then = decision;
        ByteBuf kept = frame;
        if (submitted != exchange || then == null || kept == null || relay.isEnded()) {
            return;
        }
        boolean byClient = cancelled;
        Refusal other = instead;
        clear();
        Verdict.Final answer =
                verdict == null ? new Verdict.Deny("decision", "the action could not be judged") : verdict;
        try {
            if (!relay.toClient.channel().isActive()) {
                relay.close("client-closed", "the client left while its statement waited", null);
            } else if (byClient && answer instanceof Verdict.Deny) {
                then.refuse(other == null ? Refusal.cancelled(relay.session.id(), submitted.number()) : other);
            } else {
                then.carryOut(answer, kept, 0, kept.readableBytes());
            }
            relay.toTarget.emit();
        } finally {
            kept.release();
        }
        resume();
    }

    private void clear() {
        frame = null;
        exchange = null;
        decision = null;
        forAnswers = false;
        continuation = null;
        held = false;
        cancelled = false;
        instead = null;
    }

    /** The kept message goes its way once more. */
    void again() {
        ByteBuf kept = frame;
        if (kept == null || exchange != null || continuation != null || relay.isEnded()) {
            return;
        }
        int keptType = type;
        clear();
        try {
            side.frame(keptType, kept, 0, kept.readableBytes());
            relay.toTarget.emit();
        } finally {
            kept.release();
        }
        resume();
    }

    void answersCame() {
        if (forAnswers) {
            again();
        } else if (frame == null && reader.isPaused() && !relay.expectations.isFull()) {
            resume();
        }
    }

    /** Lets what waits in the reader come, if nothing is in its way. */
    void resume() {
        if (relay.isEnded()
                || frame != null
                || side.isCopyAwaited()
                || side.isTerminated()
                || relay.toTarget.isTrickling()) {
            return;
        }
        reader.resume();
        if (reader.backlog() <= relay.services.context().limits().heldInput()) {
            relay.loggedIn.clientGate().open(ReadGate.Reason.BACKLOG);
        }
    }

    /** What is kept would be skipped by the target. */
    void abandon() {
        Exchange submitted = exchange;
        ByteBuf kept = frame;
        clear();
        if (submitted != null) {
            submitted.cancel("an earlier statement of the pipeline failed");
        }
        if (kept != null) {
            kept.release();
        }
        resume();
    }

    /**
     * Takes an action back that waits for its verdict.
     *
     * @param refusal what the client reads, null for the words of a cancelled statement
     * @return false if none waits
     */
    boolean cancel(String reason, @Nullable Refusal refusal) {
        Exchange submitted = exchange;
        if (submitted == null) {
            return false;
        }
        cancelled = true;
        instead = refusal;
        submitted.cancel(reason);
        return true;
    }

    boolean isHeld() {
        return held;
    }

    boolean isWaiting() {
        return frame != null;
    }

    void close(String cause) {
        Exchange submitted = exchange;
        ByteBuf kept = frame;
        clear();
        if (submitted != null) {
            submitted.cancel(cause);
        }
        if (kept != null) {
            kept.release();
        }
    }

    /** What happens to a kept message. */
    interface Continuation {

        void goOn(ByteBuf buffer, int start, int end);
    }

    /** What follows from a verdict. */
    interface Decision {

        void carryOut(Verdict.Final verdict, ByteBuf buffer, int start, int end);

        void refuse(Refusal refusal);
    }
}
