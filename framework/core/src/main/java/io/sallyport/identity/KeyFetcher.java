package io.sallyport.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.api.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Fetches an issuer's key set over HTTP, by discovery where the configuration gives no address (OpenID Connect Discovery
 * 1.0, section 4). Redirects are not followed, answers are bounded in time and length, and everything runs on the pool.
 */
final class KeyFetcher {

    private static final int LARGEST_ANSWER = 1 << 20;
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final IssuerSettings issuer;
    private final Executor pool;
    private final HttpClient client;

    /**
     * A fetcher for one issuer.
     *
     * @throws IOException if the file of authorities cannot be used
     */
    KeyFetcher(IssuerSettings issuer, Executor pool) throws IOException {
        this.issuer = issuer;
        this.pool = pool;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .executor(pool)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(DEADLINE);
        Path ca = issuer.ca();
        this.client =
                ca == null ? builder.build() : builder.sslContext(trusting(ca)).build();
    }

    /** The bytes of the key set; fails with the reason if it cannot be had in time. */
    CompletableFuture<byte[]> fetch() {
        URI address = issuer.jwks();
        CompletableFuture<byte[]> answer = CompletableFuture.supplyAsync(() -> address, pool)
                .thenCompose(known -> known == null ? discover() : CompletableFuture.completedFuture(known))
                .thenCompose(this::get);
        return answer.orTimeout(2 * DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    private CompletableFuture<URI> discover() {
        return get(discovery()).thenApply(body -> {
            try {
                JsonNode document = TokenText.json(body, "discovery document");
                String named = TokenText.text(document, "issuer");
                if (!issuer.issuer().equals(named)) {
                    throw new RejectedException("the discovery document is of another issuer");
                }
                String address = TokenText.text(document, "jwks_uri");
                URI keys = URI.create(address == null ? "" : address);
                IssuerSettings.checkUrl("jwks_uri", keys);
                return keys;
            } catch (RejectedException | IllegalArgumentException e) {
                throw new CompletionException(e);
            }
        });
    }

    private URI discovery() {
        String base = issuer.issuer();
        String trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return URI.create(trimmed + "/.well-known/openid-configuration");
    }

    private CompletableFuture<byte[]> get(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(DEADLINE)
                .header("Accept", "application/json, application/jwk-set+json");
        Supplier<Secret> bearer = issuer.bearer();
        if (bearer != null && mayHaveBearer(address)) {
            try (Secret secret = bearer.get()) {
                String token = secret.reveal().trim();
                checkOwnAudience(token);
                request.header("Authorization", "Bearer " + token);
            } catch (IllegalArgumentException e) {
                // The JDK's message quotes the header's value.
                throw new IllegalStateException("the bearer token has characters that no header may have");
            }
        }
        return client.sendAsync(request.build(), unused -> new BoundedBody(LARGEST_ANSWER))
                .thenApply(response -> checked(address, response));
    }

    /**
     * What the gateway shows to the issuer's own API has that API's audience: where it is also one that opens doors here, each
     * token for that API, such as every pod's, would be a login.
     */
    private void checkOwnAudience(String bearer) {
        try {
            JsonNode audience = TokenText.parse(bearer.getBytes(StandardCharsets.UTF_8))
                    .claims()
                    .path("aud");
            for (String accepted : issuer.audiences()) {
                boolean named = accepted.equals(audience.asText());
                for (JsonNode item : audience) {
                    named |= accepted.equals(item.asText());
                }
                if (named) {
                    throw new IllegalStateException("'" + accepted + "' is also the audience of the API that the bearer"
                            + " token is for; use an audience of the gateway's own");
                }
            }
        } catch (RejectedException e) {
            // A bearer that is no JWT says nothing about audiences.
            return;
        }
    }

    /** The bearer goes to the issuer's host and to the address that the configuration gives, nowhere else. */
    private boolean mayHaveBearer(URI address) {
        URI own = discovery();
        boolean sameServer = address.getRawAuthority().equals(own.getRawAuthority())
                && address.getScheme().equals(own.getScheme());
        return sameServer || address.equals(issuer.jwks());
    }

    private static byte[] checked(URI address, HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new CompletionException(new IOException(address + " answers " + response.statusCode()));
        }
        return response.body();
    }

    private static SSLContext trusting(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + count++, certificate);
            }
            if (count == 0) {
                throw new IOException(file + " holds no certificate");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " is not a file of PEM certificates", e);
        }
    }

    /** Why a fetch failed, for operators. */
    static String why(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause == null) {
            return "no answer";
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
