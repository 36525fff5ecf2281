package io.sallyport.postgres.relay;

import io.sallyport.api.session.Exchange;
import io.sallyport.postgres.statement.Reading;
import org.jspecify.annotations.Nullable;

/** The message that is being judged. There is one at a time, so that one object serves a session for its whole life. */
final class Candidate {

    private static final int[] NO_TYPES = {};

    private @Nullable Exchange exchange;
    private @Nullable Reading reading;
    private @Nullable Statement statement;
    private String name = "";
    private short[] formats = Work.ALL_TEXT;
    private int[] types = NO_TYPES;

    void query(Reading read) {
        set(read, null, "", Work.ALL_TEXT, NO_TYPES);
    }

    void parse(Reading read, String statementName, int[] declaredTypes) {
        set(read, null, statementName, Work.ALL_TEXT, declaredTypes);
    }

    void bind(Statement bound, String portal, short[] resultFormats) {
        set(bound.reading(), bound, portal, resultFormats, NO_TYPES);
    }

    private void set(Reading read, @Nullable Statement bound, String called, short[] wanted, int[] declared) {
        exchange = null;
        reading = read;
        statement = bound;
        name = called;
        formats = wanted;
        types = declared;
    }

    void submitted(Exchange submitted) {
        exchange = submitted;
    }

    Exchange exchange() {
        Exchange submitted = exchange;
        if (submitted == null) {
            throw new IllegalStateException("nothing is being judged");
        }
        return submitted;
    }

    Reading reading() {
        Reading read = reading;
        if (read == null) {
            throw new IllegalStateException("nothing is being judged");
        }
        return read;
    }

    /** The statement of a Bind. */
    Statement statement() {
        Statement bound = statement;
        if (bound == null) {
            throw new IllegalStateException("not a Bind");
        }
        return bound;
    }

    /** The name of the statement of a Parse, or of the portal of a Bind. */
    String name() {
        return name;
    }

    short[] formats() {
        return formats;
    }

    int[] types() {
        return types;
    }
}
