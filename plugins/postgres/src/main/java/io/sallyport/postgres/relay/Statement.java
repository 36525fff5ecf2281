package io.sallyport.postgres.relay;

import io.sallyport.postgres.mask.Shape;
import io.sallyport.postgres.statement.Reading;
import io.sallyport.postgres.statement.Surroundings;
import org.jspecify.annotations.Nullable;

/** A prepared statement of the session: its text, read under the surroundings that were in force when it was last used. */
final class Statement {

    private final NameTable.Slot<Statement> slot;
    private final int[] types;
    private Reading reading;
    private Surroundings surroundings;
    private @Nullable Shape shape;
    private boolean described;

    Statement(NameTable.Slot<Statement> slot, Reading reading, Surroundings surroundings, int[] types) {
        this.slot = slot;
        this.reading = reading;
        this.surroundings = surroundings;
        this.types = types;
    }

    NameTable.Slot<Statement> slot() {
        return slot;
    }

    Reading reading() {
        return reading;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** The declared type of a parameter, 0 if none was declared. */
    int type(int parameter) {
        return parameter < types.length ? types[parameter] : 0;
    }

    /** The target reads the text again under other surroundings, and so do we; what it returned is no longer known. */
    void readAgain(Reading again, Surroundings under) {
        reading = again;
        surroundings = under;
        described = false;
        shape = null;
    }

    /** Whether a Describe of our own has been sent. */
    boolean isDescribed() {
        return described;
    }

    void describing() {
        described = true;
    }

    /** What its rows look like, null if it has none or that is not known yet. */
    @Nullable
    Shape shape() {
        return shape;
    }

    void shape(@Nullable Shape known) {
        shape = known;
    }
}
