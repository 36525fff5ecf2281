package io.sallyport.postgres;

import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.api.config.HostPort;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one Postgres connector.
 *
 * @param listen where clients connect
 * @param tls what the gateway shows to clients
 * @param plaintext which clients may connect without TLS
 * @param eventLoops how many threads carry traffic, 0 for one for each processor
 */
@Description("A listener for PostgreSQL clients.")
public record PostgresConfig(
        @Description("Where clients connect.") HostPort listen,

        @Description("The certificate and key that clients see; required unless plaintext is 'loopback'.") @Nullable
        ServerTls tls,

        @Default("never")
        @Description(
                "Whether clients on the same host may connect without TLS; only for a listener on a loopback address.")
        Plaintext plaintext,

        @Default("0") @Description("How many threads carry traffic; 0 for one for each processor.")
        int eventLoops) {

    /** Checks that no token can travel in clear over a network. */
    public PostgresConfig {
        if (tls == null && plaintext == Plaintext.NEVER) {
            throw new IllegalArgumentException("'tls' is required unless 'plaintext' is 'loopback'");
        }
        if (plaintext == Plaintext.LOOPBACK && !loopback(listen.host())) {
            throw new IllegalArgumentException("'plaintext: loopback' needs a listener on 127.0.0.1, ::1 or localhost");
        }
        if (eventLoops < 0 || eventLoops > 1024) {
            throw new IllegalArgumentException("'event-loops' is between 0 and 1024");
        }
    }

    private static boolean loopback(String host) {
        return host.equals("localhost") || host.equals("::1") || isIpv4Loopback(host);
    }

    private static boolean isIpv4Loopback(String host) {
        boolean digits = host.startsWith("127.");
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            digits &= (c >= '0' && c <= '9') || c == '.';
        }
        return digits;
    }

    /**
     * A certificate and its key.
     *
     * @param certificate PEM, the server's own certificate first
     * @param key PEM, PKCS#8 without a passphrase
     */
    @Description("A certificate and its key.")
    public record ServerTls(
            @Description("PEM file, the server's own certificate first.")
            Path certificate,

            @Description("PEM file, PKCS#8 without a passphrase.")
            Path key) {}

    /** Which clients may connect without TLS. */
    public enum Plaintext {
        /** None. */
        NEVER,
        /** Those on the same host. */
        LOOPBACK
    }
}
