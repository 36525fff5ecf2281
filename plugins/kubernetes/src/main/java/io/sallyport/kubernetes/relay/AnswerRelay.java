package io.sallyport.kubernetes.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.session.Exchange.Stream;
import io.sallyport.api.session.Outcome;
import io.sallyport.kubernetes.http.Framing;
import io.sallyport.kubernetes.http.Headers;
import io.sallyport.kubernetes.masking.AnswerMask;
import io.sallyport.kubernetes.masking.AnswerMasking;
import io.sallyport.kubernetes.naming.NamedRequest.Form;
import io.sallyport.kubernetes.request.Fields;
import io.sallyport.kubernetes.request.Request;
import io.sallyport.kubernetes.upstream.UpstreamConnection;
import io.sallyport.netty.ProtocolException;
import io.sallyport.netty.ReadGate;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Relays one answer, masked and recorded.
 *
 * <ol>
 *   <li>The outcome is in the journal before the client sees the answer's head, if the request may change something, and
 *       else before it sees the answer's end.
 *   <li>Of an answer no more is kept than 256 KiB, and only while the outcome is not written yet.
 *   <li>What cannot be masked does not leave.
 * </ol>
 */
final class AnswerRelay {

    private static final int MOST_KEPT = 256 * 1024;
    private static final long IDLE_MILLISECONDS = 1000;
    private static final int MASKS_ARE_LONGER = 256;
    private static final byte[] NOTHING = {};

    private final ClientSide client;
    private final Request request;
    private final Settling settling;
    private final UpstreamConnection connection;
    private final Runnable finished;
    private final ArrayDeque<ByteBuf> kept = new ArrayDeque<>();
    private final AnswerMask.Sink masked = this::masked;
    private int status;
    private Headers headers = new Headers();
    private long length = ClientSide.UNKNOWN;
    private long missing;
    private long received;
    private int keptBytes;
    private @Nullable AnswerMask mask;
    private @Nullable ByteBuf maskedOut;
    private byte[] copied = NOTHING;
    private boolean waits;
    private boolean opened;
    private boolean ended;
    private boolean over;
    private boolean idleScheduled;
    private long lastRead;

    AnswerRelay(
            ClientSide client, Request request, Settling settling, UpstreamConnection connection, Runnable finished) {
        this.client = client;
        this.request = request;
        this.settling = settling;
        this.connection = connection;
        this.finished = finished;
    }

    boolean begun() {
        return opened;
    }

    void head(int code, Headers target, @Nullable Masking masking, boolean passUnmaskable) {
        status = code;
        headers = Fields.toClient(target, request.route().prefix());
        String declared = target.first("content-length");
        long framing = declared == null ? ClientSide.UNKNOWN : Framing.ofAnswer(target);
        boolean none = request.headOnly() || code == 204 || code == 304;
        if (masking != null && !none && framing != 0) {
            mask = mask(target, masking);
            if (mask == null && !passUnmaskable) {
                withhold(target.first("content-type"));
                return;
            }
            framing = mask == null ? framing : ClientSide.UNKNOWN;
        }
        length = framing;
        missing = none || framing < 0 ? 0 : framing;
        if (!request.named().changes()) {
            if (!none && framing != 0) {
                open();
            }
        } else if (request.named().form() == Form.PROXY) {
            settle();
        }
    }

    private @Nullable AnswerMask mask(Headers target, Masking masking) {
        String encoding = target.first("content-encoding");
        boolean plain = encoding == null || encoding.equalsIgnoreCase("identity");
        return plain ? AnswerMasking.open(request.named(), masking, status, target.first("content-type")) : null;
    }

    private void withhold(@Nullable String type) {
        fail("an answer of the type " + type + " cannot be masked, so it is withheld");
    }

    /** The answer ends here, with words of ours where the client has seen nothing of it. */
    private void fail(String reason) {
        if (over) {
            return;
        }
        over = true;
        release();
        connection.close();
        boolean done = request.named().changes() && status < 400;
        String words = done ? "the request was carried out, but " + reason : reason;
        settling.settle(
                done ? Outcome.Status.SUCCEEDED : Outcome.Status.FAILED, Integer.toString(status), received, words);
        finished.run();
        if (opened) {
            client.abort();
        } else {
            Status.of(done ? 500 : 403, words).answer(client, request.headOnly());
        }
    }

    void body(ByteBuf buffer, int start, int end) {
        if (over) {
            return;
        }
        received += end - start;
        if (mask != null) {
            throughMask(mask, buffer, start, end);
            return;
        }
        record(buffer, start, end);
        missing -= end - start;
        deliver(buffer.retainedSlice(start, end - start), length >= 0 && missing == 0);
    }

    private void record(ByteBuf buffer, int start, int end) {
        if (settling.records() && AnswerMasking.recordable(request.named())) {
            byte[] bytes = ByteBufUtil.getBytes(buffer, start, end - start);
            settling.record(Stream.OUTPUT, bytes, 0, bytes.length);
        }
    }

    private void throughMask(AnswerMask through, ByteBuf buffer, int start, int end) {
        // Most of an answer leaves as it came, and what a mask writes is seldom longer.
        if (maskedOut == null) {
            maskedOut = client.alloc().buffer(end - start + MASKS_ARE_LONGER);
        }
        try {
            if (buffer.hasArray()) {
                through.feed(buffer.array(), buffer.arrayOffset() + start, end - start, masked);
            } else {
                int length = end - start;
                if (copied.length < length) {
                    copied = new byte[length];
                }
                buffer.getBytes(start, copied, 0, length);
                through.feed(copied, 0, length, masked);
            }
        } catch (RuntimeException | StackOverflowError e) {
            unmaskable(e);
            return;
        }
        deliverMasked();
        if (request.named().form() == Form.LOG) {
            lastRead = System.nanoTime();
            if (!idleScheduled) {
                scheduleIdle();
            }
        }
    }

    /** The last line of a log may not have an end yet: what the mask holds back of it leaves when nothing follows. */
    private void scheduleIdle() {
        idleScheduled = true;
        client.loop().schedule(this::idle, IDLE_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    private void idle() {
        idleScheduled = false;
        AnswerMask present = mask;
        if (over || ended || present == null) {
            return;
        }
        if (System.nanoTime() - lastRead < TimeUnit.MILLISECONDS.toNanos(IDLE_MILLISECONDS)) {
            scheduleIdle();
            return;
        }
        try {
            present.idle(masked);
        } catch (RuntimeException | StackOverflowError e) {
            unmaskable(e);
            return;
        }
        deliverMasked();
        client.flush();
    }

    private void unmaskable(Throwable cause) {
        String why = cause instanceof ProtocolException wrong ? ": " + wrong.getMessage() : "";
        fail("the rest of the answer cannot be masked, so it is withheld" + why);
    }

    private void masked(byte[] bytes, int offset, int count) {
        ByteBuf out = maskedOut;
        if (out == null) {
            out = client.alloc().buffer(Math.max(count, 1024));
            maskedOut = out;
        }
        out.writeBytes(bytes, offset, count);
    }

    private void deliverMasked() {
        ByteBuf out = maskedOut;
        maskedOut = null;
        if (out == null) {
            return;
        }
        if (out.isReadable()) {
            record(out, out.readerIndex(), out.writerIndex());
            deliver(out, false);
        } else {
            out.release();
        }
    }

    private void deliver(ByteBuf bytes, boolean last) {
        if (opened && !last && !waits) {
            client.body(bytes);
            return;
        }
        kept.add(bytes);
        keptBytes += bytes.readableBytes();
        if (!opened && !waits && keptBytes > MOST_KEPT) {
            settle();
        }
    }

    void end() {
        if (over) {
            return;
        }
        if (mask != null) {
            try {
                mask.end(masked);
            } catch (RuntimeException | StackOverflowError e) {
                unmaskable(e);
                return;
            }
            deliverMasked();
        }
        ended = true;
        if (!waits) {
            settle();
        }
    }

    private void settle() {
        waits = true;
        CompletableFuture<?> writing = settling.settle(
                        status < 400 ? Outcome.Status.SUCCEEDED : Outcome.Status.FAILED,
                        Integer.toString(status),
                        ended ? received : -1,
                        null)
                .toCompletableFuture();
        if (!writing.isDone()) {
            connection.gate().close(ReadGate.Reason.BACKLOG);
        }
        writing.whenComplete((written, failure) -> settled(failure));
    }

    private void settled(@Nullable Throwable failure) {
        waits = false;
        if (over) {
            return;
        }
        if (failure != null) {
            fail("the gateway cannot record what became of this");
            return;
        }
        connection.gate().open(ReadGate.Reason.BACKLOG);
        open();
        ByteBuf bytes;
        while ((bytes = kept.poll()) != null) {
            client.body(bytes);
        }
        if (ended) {
            over = true;
            client.end();
            client.flush();
            finished.run();
        } else {
            client.flush();
        }
    }

    private void open() {
        if (!opened) {
            opened = true;
            client.head(status, headers, length);
        }
    }

    /** The target went away in the middle. */
    void cut() {
        if (!over && !ended) {
            over = true;
            release();
            settling.settle(
                    Outcome.Status.UNKNOWN, Integer.toString(status), received, "the target cut its answer short");
            finished.run();
            if (opened) {
                client.abort();
            } else {
                Status.of(502, "the target cut its answer short").answer(client, request.headOnly());
            }
        }
    }

    /** Nobody wants the answer any longer. */
    void drop() {
        over = true;
        release();
    }

    private void release() {
        ByteBuf bytes;
        while ((bytes = kept.poll()) != null) {
            bytes.release();
        }
        if (maskedOut != null) {
            maskedOut.release();
            maskedOut = null;
        }
    }
}
