package io.sallyport.config;

import io.sallyport.api.Limits;
import io.sallyport.api.config.ByteSize;
import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import java.time.Duration;

/**
 * The section {@code limits:}.
 *
 * @param maxStatement the longest statement or command
 * @param maxMessage the longest protocol message
 * @param heldInput the most bytes that may wait behind a held action
 * @param loginTimeout the time from accepting a connection to an open session
 * @param connections the most client connections at one time
 */
@Description("The gateway's own limits.")
public record LimitsSection(
        @Description("The longest statement or command.") @Default("16MiB")
        ByteSize maxStatement,

        @Description("The longest protocol message.") @Default("64MiB")
        ByteSize maxMessage,

        @Description("The most bytes that may wait behind a held action of one session.") @Default("1MiB")
        ByteSize heldInput,

        @Description("The time from accepting a connection to an open session.") @Default("10s")
        Duration loginTimeout,

        @Description("The most client connections at one time, over all connectors.") @Default("5000")
        int connections) {

    /** Checks that something fits. */
    public LimitsSection {
        if (maxStatement.bytes() < 1 || maxMessage.bytes() < maxStatement.bytes()) {
            throw new IllegalArgumentException("max-statement is at least 1, and max-message not below it");
        }
        if (maxMessage.bytes() > Integer.MAX_VALUE || heldInput.bytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("max-message and held-input are below 2GiB");
        }
        if (connections < 1 || loginTimeout.isZero()) {
            throw new IllegalArgumentException("connections and login-timeout are not zero");
        }
    }

    /** The same in the form that connectors read. */
    public Limits toLimits() {
        return new Limits(maxStatement.bytes(), maxMessage.bytes(), heldInput.bytes(), loginTimeout, connections);
    }
}
