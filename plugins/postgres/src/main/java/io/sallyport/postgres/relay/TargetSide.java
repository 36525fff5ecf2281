package io.sallyport.postgres.relay;

import io.netty.buffer.ByteBuf;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import io.sallyport.netty.FrameReader;
import io.sallyport.netty.Leg;
import io.sallyport.netty.ProtocolException;
import io.sallyport.postgres.mask.CopyMasker;
import io.sallyport.postgres.mask.Masker;
import io.sallyport.postgres.mask.Shape;
import io.sallyport.postgres.mask.UnknownRelationException;
import io.sallyport.postgres.statement.CopySource;
import io.sallyport.postgres.wire.Backend;
import io.sallyport.postgres.wire.Wire;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What the target answers, in order: matched with what it was sent, hidden where a mask says so, forwarded byte for byte
 * otherwise. An answer that does not fit what was asked ends the session, since nothing behind it could be trusted.
 */
final class TargetSide implements FrameReader.Frames, Leg.Events {

    private final Relay relay;
    private final FrameReader reader;
    private final Endings endings;
    private final Asides asides;
    private final ArrayDeque<ByteBuf> inserts = new ArrayDeque<>();
    private final Reloading reloading;
    private int status = 'I';

    TargetSide(Relay relay) {
        this.relay = relay;
        this.reader = relay.loggedIn.target().leg().reader();
        this.endings = new Endings(relay, this);
        this.asides = new Asides(relay);
        this.reloading = new Reloading(relay);
    }

    @Override
    public boolean whole(int type, int size) {
        if (type == Backend.DATA_ROW || type == Backend.COPY_DATA) {
            Expected kind = relay.expectations.kind();
            if (kind == Expected.OWN_ROWS) {
                return limited(size);
            }
            Work work = work();
            if (type == Backend.COPY_DATA) {
                return work.copyMasker() != null && limited(size);
            }
            return mayHide(work) && limited(size);
        }
        return limited(size);
    }

    private boolean mayHide(Work work) {
        try {
            return work.masking() != null && masker(work) != null;
        } catch (UnknownRelationException e) {
            return true;
        }
    }

    private boolean limited(int size) {
        long most = relay.services.context().limits().maxMessage();
        if (size > most) {
            throw new ProtocolException("the target sent a message of " + size + " bytes where " + most
                    + " are the most that can be masked (limits: max-message)");
        }
        return true;
    }

    @Override
    public void frame(int type, ByteBuf buffer, int start, int end) {
        try {
            answer(type, buffer, start, end);
        } catch (UnknownRelationException e) {
            reloading.begin(type, buffer, start, end);
        }
    }

    private void answer(int type, ByteBuf buffer, int start, int end) {
        switch (type) {
            case Backend.DATA_ROW -> row(buffer, start, end);
            case Backend.BIND_COMPLETE -> bound(buffer, start, end);
            case Backend.COMMAND_COMPLETE, Backend.EMPTY_QUERY, Backend.PORTAL_SUSPENDED ->
                endings.commandEnds(type, buffer, start, end);
            case Backend.READY -> endings.ready(buffer, start, end);
            case Backend.PARSE_COMPLETE -> parsed(buffer, start, end);
            case Backend.CLOSE_COMPLETE -> closed(buffer, start, end);
            case Backend.ROW_DESCRIPTION, Backend.NO_DATA -> described(type, buffer, start, end);
            case Backend.PARAMETER_DESCRIPTION -> parametersDescribed(buffer, start, end);
            case Backend.COPY_DATA -> copyData(buffer, start, end);
            case Backend.COPY_DONE -> copyDone(buffer, start, end);
            case Backend.COPY_IN -> copyStarts(buffer, start, end);
            case Backend.COPY_OUT -> copyOutStarts(buffer, start, end);
            case Backend.ERROR -> endings.error(buffer, start, end);
            case Backend.FUNCTION_RESULT -> endings.functionResult(buffer, start, end);
            case Backend.NOTICE -> asides.notice(buffer, start, end);
            case Backend.NOTIFICATION -> asides.notification(buffer, start, end);
            case Backend.PARAMETER_STATUS -> asides.parameter(buffer, start, end);
            default -> throw new ProtocolException("the target sent an unknown message type");
        }
    }

    @Override
    public void part(int type, ByteBuf buffer, int start, int end, boolean last) {
        Work work = work();
        work.bytes(end - start);
        relay.toClient.forward(buffer, start, end);
        record(work, buffer, start, end);
        if (last) {
            if (type == Backend.DATA_ROW) {
                work.row(0);
            }
            insertWaiting();
        }
    }

    @Override
    public void endOfBuffer() {
        relay.toClient.emit();
    }

    /** The work of which rows or COPY data come now. */
    Work work() {
        Expected kind = relay.expectations.kind();
        if ((kind == Expected.EXECUTE || kind == Expected.QUERY) && relay.expectations.context() instanceof Work work) {
            return work;
        }
        throw new ProtocolException("the target sent an answer to a question that was not asked");
    }

    void expect(Expected kind) {
        if (relay.expectations.kind() != kind) {
            throw new ProtocolException("the target sent an answer to a question that was not asked");
        }
    }

    private void row(ByteBuf buffer, int start, int end) {
        if (relay.expectations.kind() == Expected.OWN_ROWS) {
            question().row(Wire.row(buffer, start, end, relay.tracked.charset()));
            return;
        }
        endings.releaseHeld();
        Work work = work();
        Masker masker = work.masking() == null ? null : masker(work);
        ByteBuf masked = masker == null
                ? null
                : masker.row(buffer, start, end, relay.toClient.channel().alloc());
        if (masked == null) {
            work.row(end - start);
            relay.toClient.forward(buffer, start, end);
            record(work, buffer, start, end);
        } else {
            work.row(masked.readableBytes());
            record(work, masked, 0, masked.writerIndex());
            relay.toClient.write(masked);
        }
    }

    private void record(Work work, ByteBuf buffer, int start, int end) {
        if (work.recorded()) {
            work.exchange().record(Exchange.Stream.OUTPUT, Wire.bytes(buffer, start, end), 0, end - start);
        }
    }

    private Question question() {
        if (relay.expectations.context() instanceof Question question) {
            return question;
        }
        throw new ProtocolException("the target sent an answer to a question that was not asked");
    }

    /** What hides the rows of a portal that was described with its statement. */
    private @Nullable Masker masker(Work work) {
        Statement statement = work.statement();
        if (work.masker() == null && statement != null && !work.isShapeKnown()) {
            work.masker(masker(work, statement.shape(), work.formats()));
        }
        if (!work.isShapeKnown()) {
            throw new ProtocolException("the target sent rows without a description, which cannot be masked");
        }
        return work.masker();
    }

    @Nullable
    Masker masker(Work work, @Nullable Shape shape, short @Nullable [] formats) {
        Masking masking = work.masking();
        return shape == null || masking == null ? null : Masker.of(shape, formats, masking, reloading.names());
    }

    private void bound(ByteBuf buffer, int start, int end) {
        if (swallowed()) {
            return;
        }
        expect(Expected.BIND);
        if (relay.expectations.context() instanceof Work work) {
            relay.portals.confirm(work.slot(), work, endings::closedPortal);
        }
        relay.expectations.remove();
        relay.toClient.forward(buffer, start, end);
    }

    private void parsed(ByteBuf buffer, int start, int end) {
        if (swallowed()) {
            return;
        }
        expect(Expected.PARSE);
        if (relay.expectations.context() instanceof Statement statement) {
            relay.statements.confirm(statement.slot(), statement, replaced -> {});
        }
        relay.expectations.remove();
        relay.toClient.forward(buffer, start, end);
    }

    @SuppressWarnings("unchecked")
    private void closed(ByteBuf buffer, int start, int end) {
        if (swallowed()) {
            return;
        }
        Expected kind = relay.expectations.kind();
        Object slot = relay.expectations.context();
        if (kind == Expected.CLOSE_STATEMENT && slot != null) {
            relay.statements.confirm((NameTable.Slot<Statement>) slot, null, replaced -> {});
        } else if (kind == Expected.CLOSE_PORTAL && slot != null) {
            relay.portals.confirm((NameTable.Slot<Work>) slot, null, endings::closedPortal);
        } else {
            throw new ProtocolException("the target sent an answer to a question that was not asked");
        }
        relay.expectations.remove();
        relay.toClient.forward(buffer, start, end);
    }

    private boolean swallowed() {
        if (relay.expectations.kind() != Expected.OWN) {
            return false;
        }
        relay.expectations.remove();
        if (relay.expectations.kind() == Expected.OWN_ROWS) {
            question().begin();
        }
        return true;
    }

    private void parametersDescribed(ByteBuf buffer, int start, int end) {
        Expected kind = relay.expectations.kind();
        if (kind == Expected.DESCRIBE_STATEMENT) {
            relay.toClient.forward(buffer, start, end);
        } else if (kind != Expected.OWN_DESCRIBE) {
            throw new ProtocolException("the target sent an answer to a question that was not asked");
        }
    }

    private void described(int type, ByteBuf buffer, int start, int end) {
        Expected kind = relay.expectations.kind();
        Object context = relay.expectations.context();
        boolean rows = type == Backend.ROW_DESCRIPTION;
        if (kind == Expected.OWN_DESCRIBE && context instanceof Describing describing) {
            describing.shape().accept(rows ? Shape.read(buffer, start, end, relay.tracked.charset()) : null);
            relay.expectations.remove();
            return;
        }
        endings.releaseHeld();
        if (kind == Expected.QUERY && rows && context instanceof Work work) {
            if (work.masking() != null) {
                work.masker(masker(work, Shape.read(buffer, start, end, relay.tracked.charset()), null));
            }
        } else if (kind == Expected.DESCRIBE_STATEMENT || kind == Expected.DESCRIBE_PORTAL) {
            relay.expectations.remove();
        } else {
            throw new ProtocolException("the target sent an answer to a question that was not asked");
        }
        relay.toClient.forward(buffer, start, end);
    }

    private void copyData(ByteBuf buffer, int start, int end) {
        Work work = work();
        CopyMasker masker = work.copyMasker();
        ByteBuf masked = masker == null
                ? null
                : masker.row(buffer, start, end, relay.toClient.channel().alloc());
        if (masked == null) {
            work.bytes(end - start);
            record(work, buffer, start, end);
            relay.toClient.forward(buffer, start, end);
        } else {
            work.bytes(masked.readableBytes());
            record(work, masked, 0, masked.writerIndex());
            relay.toClient.write(masked);
        }
    }

    private void copyDone(ByteBuf buffer, int start, int end) {
        work();
        relay.toClient.forward(buffer, start, end);
    }

    private void copyOutStarts(ByteBuf buffer, int start, int end) {
        endings.releaseHeld();
        Work work = work();
        Masking masking = work.masking();
        Shape shape = work.copyShape();
        CopySource source = work.reading().copy();
        if (masking != null && shape != null && source != null) {
            work.copyMasker(CopyMasker.of(shape, masking, reloading.names(), source.options()));
        } else if (masking != null && !relay.session.passUnmaskable()) {
            throw new ProtocolException(
                    "the target sends COPY data that no statement announced, which cannot be masked");
        }
        relay.toClient.forward(buffer, start, end);
    }

    private void copyStarts(ByteBuf buffer, int start, int end) {
        endings.releaseHeld();
        work();
        relay.toClient.forward(buffer, start, end);
        relay.clientSide.copyStarts(relay.expectations.kind() == Expected.QUERY);
    }

    /** Sends the client a message of ours, between two of the target's. */
    void insert(ByteBuf message) {
        if (reader.insideParts()) {
            inserts.add(message);
        } else {
            relay.toClient.write(message);
        }
    }

    private void insertWaiting() {
        ByteBuf message;
        while ((message = inserts.poll()) != null) {
            relay.toClient.write(message);
        }
    }

    /** What the target says by the way. */
    Asides asides() {
        return asides;
    }

    /** Forwards what answers nothing, behind whatever waits. */
    void aside(ByteBuf buffer, int start, int end) {
        if (!endings.keepBehindHeld(buffer, start, end)) {
            relay.toClient.forward(buffer, start, end);
        }
    }

    /** As {@link #aside}, with a message of our own; takes it over. */
    void aside(ByteBuf message) {
        if (endings.keepBehindHeld(message, message.readerIndex(), message.writerIndex())) {
            message.release();
        } else {
            relay.toClient.write(message);
        }
    }

    /** The transaction status of the last ReadyForQuery. */
    int status() {
        return status;
    }

    void status(int next) {
        status = next;
    }

    boolean isInsideFrame() {
        return reader.insideParts();
    }

    void pause() {
        reader.pause();
    }

    void resume() {
        if (!reloading.isUnderWay()) {
            reader.resume();
        }
    }

    void release() {
        ByteBuf message;
        while ((message = inserts.poll()) != null) {
            message.release();
        }
        endings.release();
        reloading.release();
    }

    @Override
    public void burst() {
        relay.flush();
    }

    @Override
    public void writable(boolean writable) {
        relay.targetWritable(writable);
    }

    @Override
    public void failed(RuntimeException cause) {
        relay.failed(cause);
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        endings.targetGone();
    }

    /** How an action ended, as far as it is known. */
    static Outcome.Status statusOf(boolean cancelled) {
        return cancelled ? Outcome.Status.CANCELLED : Outcome.Status.FAILED;
    }
}
