package io.sallyport.admin;

import io.sallyport.api.config.HostPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where and for whom the admin API listens.
 *
 * @param listen the address; port 0 lets the system choose
 * @param tls the certificate and its key; only a loopback address can do without
 * @param audience the audience that tokens must have
 * @param operators who may use it at this moment; asked for each request
 */
public record AdminSettings(HostPort listen, @Nullable Tls tls, String audience, Supplier<List<Operator>> operators) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

    /** Bearer tokens travel without TLS over the loopback interface only. */
    public AdminSettings {
        if (tls == null && !LOOPBACK.contains(listen.host())) {
            throw new IllegalArgumentException("the admin API on " + listen + " needs tls");
        }
    }

    /**
     * A server's certificate.
     *
     * @param certificate the chain, a PEM file
     * @param key the private key, a PEM file in PKCS#8 or PKCS#1
     */
    public record Tls(Path certificate, Path key) {}
}
