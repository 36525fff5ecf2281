package io.sallyport.kubernetes.upstream;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.Credential.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards API servers: chain and host name are always verified, and a client certificate is shown where the credential
 * has one. Contexts are kept by what they were made of, of which only a hash stays. Safe for use by several threads.
 */
public final class ClusterTls {

    private static final int MOST = 256;

    private final Map<String, SslContext> contexts = new ConcurrentHashMap<>();

    /** Without a context yet. */
    public ClusterTls() {}

    /**
     * The context for a credential; reads files, so not for an event loop.
     *
     * @param authorities the target's own PEM file of authorities; the credential's stand in for an absent one, and the
     *     JDK's for both
     * @param shown whether the credential's client certificate is shown
     * @throws IOException in words for the operator
     */
    public SslContext context(Credential credential, @Nullable Path authorities, boolean shown) throws IOException {
        byte[] trusted = authorities == null ? part(credential, Part.AUTHORITIES) : Files.readAllBytes(authorities);
        byte[] certificate = !shown ? null : part(credential, Part.CERTIFICATE);
        byte[] key = !shown ? null : part(credential, Part.PRIVATE_KEY);
        try {
            String name = hash(trusted) + hash(certificate) + hash(key);
            SslContext known = contexts.get(name);
            if (known != null) {
                return known;
            }
            SslContext made = make(trusted, certificate, key);
            if (contexts.size() >= MOST) {
                contexts.clear();
            }
            contexts.put(name, made);
            return made;
        } finally {
            if (key != null) {
                Arrays.fill(key, (byte) 0);
            }
        }
    }

    private static SslContext make(byte @Nullable [] trusted, byte @Nullable [] certificate, byte @Nullable [] key)
            throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .endpointIdentificationAlgorithm(null);
        try {
            if (trusted != null) {
                try (InputStream in = new ByteArrayInputStream(trusted)) {
                    builder.trustManager(in);
                }
            }
            if (certificate != null && key != null) {
                try (InputStream chain = new ByteArrayInputStream(certificate);
                        InputStream secret = new ByteArrayInputStream(PemKeys.pkcs8(key))) {
                    builder.keyManager(chain, secret);
                }
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IOException("the authorities, certificate or key of the target's credential are not PEM", e);
        }
    }

    private static byte @Nullable [] part(Credential credential, Part part) {
        Secret secret = credential.part(part);
        return secret == null ? null : secret.copy();
    }

    private static String hash(byte @Nullable [] part) {
        try {
            byte[] bytes = part == null ? new byte[0] : part;
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
