package io.sallyport.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sallyport.api.config.ByteSize;
import io.sallyport.api.config.Secret;
import io.sallyport.api.principal.Evidence;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An issuer on the loopback interface, a clock that stands still, and a service that knows both. */
final class TestIssuer implements AutoCloseable, InstantSource {

    static final Audiences DATA = Audiences.except("sallyport-admin");

    final HttpServer server;
    final AtomicInteger fetches = new AtomicInteger();
    volatile Instant now = Instant.parse("2026-11-25T12:00:00Z");
    volatile String keySet = "{\"keys\":[]}";
    volatile int status = 200;

    /** Whether what should run later waits until the test runs it; else time passes at once. */
    volatile boolean waits;

    final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    volatile String discoveredIssuer;
    volatile @Nullable String authorization;

    TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        discoveredIssuer = url();
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(
                        exchange,
                        200,
                        "{\"issuer\":\"" + discoveredIssuer + "\",\"jwks_uri\":\"" + url() + "/keys\"}"));
        server.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            answer(exchange, status, keySet);
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void publish(SigningKey... keys) {
        keySet = Arrays.stream(keys).map(SigningKey::jwk).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    private void later(Duration wait, Runnable task) {
        if (waits) {
            waiting.add(task);
        } else {
            pass(wait);
            task.run();
        }
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Claims that are good in every respect, and more, as JSON. */
    String claims(String more) {
        long seconds = now.getEpochSecond();
        return "{\"iss\":\"" + url() + "\",\"aud\":\"sallyport\",\"sub\":\"alice\",\"exp\":" + (seconds + 3600)
                + ",\"iat\":" + seconds + (more.isEmpty() ? "" : "," + more) + "}";
    }

    /** Claims that are good but for one, as JSON. */
    String claimsWith(String name, @Nullable String json) {
        String good = claims("");
        int start = good.indexOf("\"" + name + "\":");
        if (start < 0) {
            return claims("\"" + name + "\":" + json);
        }
        int end = good.indexOf(',', start);
        String rest = end < 0 ? "}" : good.substring(end);
        String replaced = json == null ? "\"x\":1" : "\"" + name + "\":" + json;
        return good.substring(0, start) + replaced + rest;
    }

    IssuerSettings settings() {
        return settings("${sub}", "groups", Map.of(), null);
    }

    IssuerSettings settings(
            String display, @Nullable String groups, Map<String, String> require, @Nullable String onBehalfOf) {
        return new IssuerSettings(
                "test",
                url(),
                Set.of("sallyport", "sallyport-admin"),
                null,
                null,
                null,
                ClaimTemplate.parse(display),
                groups,
                require,
                onBehalfOf == null ? null : ClaimTemplate.parse(onBehalfOf),
                Set.of("RS256", "PS256", "ES256", "EdDSA"),
                new ByteSize(16 << 10),
                Duration.ofSeconds(60),
                Duration.ofMinutes(15));
    }

    IssuerSettings settings(String name) {
        IssuerSettings good = settings();
        return new IssuerSettings(
                name,
                good.issuer(),
                good.audiences(),
                null,
                null,
                null,
                good.display(),
                good.groups(),
                good.require(),
                null,
                good.algorithms(),
                good.maxTokenSize(),
                good.leeway(),
                good.maxKeyAge());
    }

    IssuerSettings at(URI keys, @Nullable Path ca, @Nullable Supplier<Secret> bearer, String issuer) {
        return at(keys, ca, bearer, issuer, settings().audiences());
    }

    IssuerSettings at(
            @Nullable URI keys,
            @Nullable Path ca,
            @Nullable Supplier<Secret> bearer,
            String issuer,
            Set<String> audiences) {
        IssuerSettings good = settings();
        return new IssuerSettings(
                good.name(),
                issuer,
                audiences,
                keys,
                ca,
                bearer,
                good.display(),
                good.groups(),
                good.require(),
                null,
                good.algorithms(),
                good.maxTokenSize(),
                good.leeway(),
                good.maxKeyAge());
    }

    IdentityService service(IssuerSettings... settings) {
        try {
            List<IssuerSettings> known = settings.length == 0 ? List.of(settings()) : List.of(settings);
            return new IdentityService(known, this, IdentityService.pool(), this::later);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static CompletionStage<Authentication> show(IdentityService service, String token) {
        return service.authenticate(new Evidence.Token(Secret.of(token)), DATA);
    }

    static Authentication answer(IdentityService service, String token) {
        return await(show(service, token));
    }

    static Authentication await(CompletionStage<Authentication> stage) {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
