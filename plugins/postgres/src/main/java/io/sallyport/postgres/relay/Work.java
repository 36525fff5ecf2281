package io.sallyport.postgres.relay;

import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import io.sallyport.postgres.mask.CopyMasker;
import io.sallyport.postgres.mask.Masker;
import io.sallyport.postgres.mask.Shape;
import io.sallyport.postgres.statement.Reading;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An allowed action at the target: a Query, a FunctionCall, or a portal with all of its Executes. */
final class Work {

    static final short[] ALL_TEXT = {};

    private final Exchange exchange;
    private final Reading reading;
    private final @Nullable Masking masking;
    private final @Nullable Statement statement;
    private final boolean recorded;
    private NameTable.@Nullable Slot<Work> slot;
    private short[] formats = ALL_TEXT;
    private long segment;
    private @Nullable Masker masker;
    private boolean shapeKnown;
    private @Nullable Shape copyShape;
    private @Nullable CopyMasker copyMasker;
    private long rows;
    private long bytes;
    private int commands;
    private boolean completed;

    Work(Exchange exchange, Reading reading, @Nullable Masking masking, @Nullable Statement statement) {
        this.exchange = exchange;
        this.reading = reading;
        this.masking = masking;
        this.statement = statement;
        this.recorded = exchange.recordsResults();
    }

    Exchange exchange() {
        return exchange;
    }

    Reading reading() {
        return reading;
    }

    @Nullable
    Masking masking() {
        return masking;
    }

    @Nullable
    Statement statement() {
        return statement;
    }

    boolean recorded() {
        return recorded;
    }

    void boundTo(NameTable.Slot<Work> portal, short[] resultFormats, long currentSegment) {
        slot = portal;
        formats = resultFormats;
        segment = currentSegment;
    }

    NameTable.Slot<Work> slot() {
        NameTable.Slot<Work> portal = slot;
        if (portal == null) {
            throw new IllegalStateException("not a portal");
        }
        return portal;
    }

    short[] formats() {
        return formats;
    }

    long segment() {
        return segment;
    }

    /** What hides values of the rows that come next, null if they leave as they are. */
    @Nullable
    Masker masker() {
        return masker;
    }

    void masker(@Nullable Masker next) {
        masker = next;
        shapeKnown = true;
    }

    /** Whether it is known what the rows look like that come next. */
    boolean isShapeKnown() {
        return shapeKnown;
    }

    /** Rows of another shape may come. */
    void shapeUnknown() {
        masker = null;
        shapeKnown = false;
    }

    /** What the rows of a COPY look like, and what hides them. */
    void copyShape(@Nullable Shape shape) {
        copyShape = shape;
    }

    @Nullable
    Shape copyShape() {
        return copyShape;
    }

    void copyMasker(@Nullable CopyMasker next) {
        copyMasker = next;
    }

    @Nullable
    CopyMasker copyMasker() {
        return copyMasker;
    }

    void row(long length) {
        rows++;
        bytes += length;
    }

    void bytes(long more) {
        bytes += more;
    }

    /** Counts a command of a Query. */
    int command() {
        return ++commands;
    }

    boolean isCompleted() {
        return completed;
    }

    /** Records what became of it; only the first call does. */
    CompletionStage<@Nullable Void> complete(Outcome.Status status, String code, @Nullable String detail) {
        if (completed) {
            return CompletableFuture.completedFuture(null);
        }
        completed = true;
        return exchange.complete(new Outcome(status, code, rows, bytes, detail));
    }
}
