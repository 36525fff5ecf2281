package io.sallyport.netty;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.2 and 1.3, by BoringSSL where its native library loads and by the JDK elsewhere. A client context always verifies
 * the chain, and with {@link #client} handlers also the host name.
 */
public final class TlsContexts {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private TlsContexts() {}

    /**
     * What a listener shows.
     *
     * @param certificate PEM, the server's own certificate first
     * @param key PEM, PKCS#8 without a passphrase
     * @param applicationProtocols the ALPN names that are offered, may be empty
     * @throws IOException naming the file that cannot be read
     */
    public static SslContext server(Path certificate, Path key, List<String> applicationProtocols) throws IOException {
        readable(certificate);
        readable(key);
        try {
            return SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .sslProvider(provider())
                    .protocols(PROTOCOLS)
                    .applicationProtocolConfig(alpn(applicationProtocols))
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IOException(certificate + " and " + key + " are not a PEM certificate and its PKCS#8 key", e);
        }
    }

    /**
     * What a target must show.
     *
     * @param authorities PEM certificates that are trusted; null for the JDK's own
     * @throws IOException naming the file that cannot be read
     */
    public static SslContext client(@Nullable Path authorities) throws IOException {
        SslContextBuilder builder =
                SslContextBuilder.forClient().sslProvider(provider()).protocols(PROTOCOLS);
        try {
            if (authorities != null) {
                readable(authorities);
                builder.trustManager(authorities.toFile());
            }
            return builder.endpointIdentificationAlgorithm(null).build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IOException(authorities + " holds no PEM certificates", e);
        }
    }

    /**
     * A handler for a connection to a target.
     *
     * @param verifyHost whether the certificate must also be for the host
     */
    public static SslHandler clientHandler(
            SslContext context, io.netty.channel.Channel channel, String host, int port, boolean verifyHost) {
        SslHandler handler = context.newHandler(channel.alloc(), host, port);
        if (verifyHost) {
            var parameters = handler.engine().getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            handler.engine().setSSLParameters(parameters);
        }
        return handler;
    }

    private static SslProvider provider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    private static void readable(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(file + " cannot be read");
        }
    }

    private static ApplicationProtocolConfig alpn(List<String> names) {
        return names.isEmpty()
                ? ApplicationProtocolConfig.DISABLED
                : new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        names);
    }
}
