package io.sallyport.kubernetes;

import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.api.config.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one Kubernetes connector.
 *
 * @param listen where clients connect
 * @param tls what the gateway shows to clients
 * @param defaultTarget the target of requests whose path names none
 * @param patience how long a held request waits before its client is told to come again
 * @param eventLoops how many threads carry traffic, 0 for one for each processor
 */
@Description("A listener for clients of the Kubernetes API.")
public record KubernetesConfig(
        @Description("Where clients connect.") HostPort listen,

        @Description("The certificate and key that clients see.")
        ServerTls tls,

        @Description("The target of requests whose path does not begin with `/clusters/TARGET`, such as those of"
                + " `kubectl get --raw`; without it they are refused.")
        @Nullable
        String defaultTarget,

        @Default("25s")
        @Description(
                "How long a held request waits before it is answered with 429; the client's retry goes on waiting.")
        Duration patience,

        @Default("0") @Description("How many threads carry traffic; 0 for one for each processor.")
        int eventLoops) {

    /** Checks the numbers. */
    public KubernetesConfig {
        if (eventLoops < 0 || eventLoops > 1024) {
            throw new IllegalArgumentException("'event-loops' is between 0 and 1024");
        }
        if (patience.isNegative() || patience.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("'patience' is five minutes at most");
        }
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
}
