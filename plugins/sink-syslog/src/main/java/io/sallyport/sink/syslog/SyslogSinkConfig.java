package io.sallyport.sink.syslog;

import io.sallyport.api.config.ByteSize;
import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.api.config.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which collector events go to, and how.
 *
 * @param server the collector
 * @param ca whose certificates are trusted; the JDK's authorities if null
 * @param certificate the gateway's own certificate for the collector
 * @param key its key
 * @param facility under which heading messages stand
 * @param maxMessage how long a message becomes
 * @param timeout how long connecting, and the handshake, may take
 */
@Description("Sends events as syslog messages (RFC 5424) over TLS (RFC 5425).")
public record SyslogSinkConfig(
        @Description("The collector, usually on port 6514; its certificate must be for this name.")
        HostPort server,

        @Description("The certificates of the authorities that are trusted, a PEM file; the JDK's without it.")
        @Nullable
        Path ca,

        @Description("The gateway's own certificate for the collector, a PEM file.") @Nullable
        Path certificate,

        @Description("The key of that certificate, a PEM file in PKCS#8.") @Nullable
        Path key,

        @Description("The facility of the messages.") @Default("audit")
        Facility facility,

        @Description("The longest message; of a longer event the beginning is sent, with its length and hash.")
        @Default("64KiB")
        ByteSize maxMessage,

        @Description("How long connecting, and the handshake, may take.") @Default("10s")
        Duration timeout) {

    /** The smallest limit: what every collector takes (RFC 5425, section 4.3.1). */
    private static final int SMALLEST_MESSAGE = 2048;

    private static final int LARGEST_MESSAGE = 64 << 20;

    /** Facilities (RFC 5424, section 6.2.1). */
    public enum Facility {
        /** Messages of daemons. */
        DAEMON(3),
        /** Security and authorization messages. */
        AUTH(4),
        /** Private security and authorization messages. */
        AUTHPRIV(10),
        /** The log audit. */
        AUDIT(13),
        /** For local use. */
        LOCAL0(16),
        /** For local use. */
        LOCAL1(17),
        /** For local use. */
        LOCAL2(18),
        /** For local use. */
        LOCAL3(19),
        /** For local use. */
        LOCAL4(20),
        /** For local use. */
        LOCAL5(21),
        /** For local use. */
        LOCAL6(22),
        /** For local use. */
        LOCAL7(23);

        private final int code;

        Facility(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** Checks the limits. */
    public SyslogSinkConfig {
        if (maxMessage.bytes() < SMALLEST_MESSAGE || maxMessage.bytes() > LARGEST_MESSAGE) {
            throw new IllegalArgumentException("max-message is 2KiB to 64MiB");
        }
        if (server.port() == 0) {
            throw new IllegalArgumentException("server needs a port, usually 6514");
        }
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("certificate and key go together");
        }
        if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("timeout is 1ms to 24d");
        }
    }
}
