package io.sallyport.line;

import io.sallyport.api.config.Description;
import io.sallyport.api.config.HostPort;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connector's keys in the configuration; the core reads, checks and documents them by this record. */
@Description("A listener for clients of the toy line protocol.")
public record LineConfig(
        @Description("Where clients connect.") HostPort listen,

        @Description("PEM certificate for clients; without it they come from this host only.") @Nullable
        Path certificate,

        @Description("Its key, PEM and PKCS#8.") @Nullable Path key,

        @Description("PEM authorities of `lines://` targets; the JDK's own without it.") @Nullable
        Path ca) {

    static final String OVER_TLS = "lines";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

    /** Checks that no token can travel in clear over a network. */
    public LineConfig {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("'certificate' and 'key' are given together or not at all");
        }
        if (certificate == null && !LOOPBACK.contains(listen.host())) {
            throw new IllegalArgumentException("without 'certificate' and 'key', 'listen' is on 127.0.0.1 or ::1");
        }
    }

    /** A target has no keys beside those that every target has. */
    @Description("A server of the toy line protocol: `line://HOST:PORT`, or `lines://HOST:PORT` over TLS.")
    public record Target() {}
}
