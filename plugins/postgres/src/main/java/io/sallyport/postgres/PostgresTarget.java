package io.sallyport.postgres;

import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a target that this connector reads.
 *
 * @param tls how the connection to the target is protected
 * @param applicationName what the target shows as a session's application_name
 */
@Description("A PostgreSQL server.")
public record PostgresTarget(
        @Default("{}") @Description("How the connection to the target is protected.")
        TargetTls tls,

        @Default("session")
        @Description(
                "What the target shows as application_name: 'session' for session, principal and the client's name for"
                        + " itself, 'client' for that name alone.")
        ApplicationNaming applicationName) {

    /** What the target shows as application_name. */
    public enum ApplicationNaming {
        /** The session, who it is of, and what the client calls itself. */
        SESSION,
        /** What the client calls itself. */
        CLIENT
    }

    /**
     * How the connection to a target is protected.
     *
     * @param mode what is verified
     * @param ca PEM certificates that are trusted; null for the JDK's own
     */
    @Description("How the connection to a target is protected.")
    public record TargetTls(
            @Default("verify-full")
            @Description("What is verified: 'verify-full', 'verify-ca', or 'disable' for no TLS at all.")
            Mode mode,

            @Description("PEM file of the authorities that are trusted; the JDK's own if absent.") @Nullable
            Path ca) {}

    /** What is verified. */
    public enum Mode {
        /** Certificate chain and host name. */
        VERIFY_FULL,
        /** The certificate chain only. */
        VERIFY_CA,
        /** There is no TLS. */
        DISABLE
    }
}
