package io.sallyport.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.sallyport.api.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {

    private static final SigningKey A = SigningKey.ec("a");
    private static final SigningKey B = SigningKey.ec("b");

    private final TestIssuer issuer = new TestIssuer();
    private final IdentityService service = issuer.service();

    KeyRotationTest() {
        issuer.publish(A);
    }

    @AfterEach
    void close() {
        service.close();
        issuer.close();
    }

    @Test
    @DisplayName(
            "AUTH-03 a key that was published a moment ago works after one fetch, an unknown one is refused after one")
    void unknownKey() {
        // Given
        assertAccepted(A);
        issuer.publish(A, B);
        issuer.pass(Duration.ofSeconds(6));

        // When
        Authentication published = TestIssuer.answer(service, B.token(issuer.claims("")));
        int fetchesThen = issuer.fetches.get();
        issuer.pass(Duration.ofSeconds(6));
        SigningKey unheard = SigningKey.ec("nosuch");
        Authentication first = TestIssuer.answer(service, unheard.token(issuer.claims("")));
        Authentication again = TestIssuer.answer(service, unheard.token(issuer.claims("\"x\":1")));
        int fetchesBefore = issuer.fetches.get();
        Authentication another =
                TestIssuer.answer(service, SigningKey.ec("nosuch2").token(issuer.claims("")));

        // Then
        assertInstanceOf(Authentication.Authenticated.class, published);
        assertEquals(2, fetchesThen);
        assertTrue(reason(first).contains("kid 'nosuch'"));
        assertTrue(reason(again).contains("kid 'nosuch'"));
        assertTrue(reason(another).contains("kid 'nosuch2'"));
        assertEquals(3, fetchesBefore);
        assertEquals(4, issuer.fetches.get());
    }

    @Test
    @DisplayName("AUTH-03 however many names of keys are made up, a key that is new is known after the next fetch")
    void flood() {
        // Given
        assertAccepted(A);
        issuer.waits = true;
        issuer.pass(Duration.ofSeconds(1));
        assertTrue(reason(TestIssuer.answer(service, madeUp(-1))).contains("kid 'made-up--1'"));
        issuer.publish(A, B);

        // When
        List<CompletionStage<Authentication>> flood = new ArrayList<>();
        for (int i = 0; i < IssuerKeys.MOST_WAITING - 1; i++) {
            flood.add(TestIssuer.show(service, madeUp(i)));
        }
        CompletionStage<Authentication> renewed = TestIssuer.show(service, B.token(issuer.claims("")));
        var beyond = (Authentication.Rejected) TestIssuer.answer(service, madeUp(-2));
        int fetchesBefore = issuer.fetches.get();
        issuer.pass(Duration.ofSeconds(1));
        issuer.waiting.remove().run();

        // Then
        assertInstanceOf(Authentication.Authenticated.class, TestIssuer.await(renewed));
        flood.forEach(answer -> assertTrue(reason(TestIssuer.await(answer)).contains("made-up")));
        assertEquals(Authentication.UNAVAILABLE, beyond.publicReason());
        assertEquals(fetchesBefore + 1, issuer.fetches.get());
        assertTrue(issuer.waiting.isEmpty());
    }

    @Test
    @DisplayName("AUTH-03 a name that was not found causes no other fetch for five seconds")
    void missed() {
        // Given
        assertAccepted(A);
        issuer.pass(Duration.ofSeconds(1));
        TestIssuer.answer(service, madeUp(0));
        int fetchesThen = issuer.fetches.get();

        // When
        issuer.pass(Duration.ofSeconds(4));
        Authentication soon = TestIssuer.answer(service, madeUp(0));
        int fetchesSoon = issuer.fetches.get();
        issuer.pass(Duration.ofSeconds(1));
        Authentication later = TestIssuer.answer(service, madeUp(0));

        // Then
        assertTrue(reason(soon).contains("made-up"));
        assertEquals(fetchesThen, fetchesSoon);
        assertTrue(reason(later).contains("made-up"));
        assertEquals(fetchesThen + 1, issuer.fetches.get());
    }

    private String madeUp(int number) {
        return B.token("{\"alg\":\"ES256\",\"kid\":\"made-up-" + number + "\"}", issuer.claims(""));
    }

    @Test
    @DisplayName("AUTH-07 a withdrawn key is refused within its age, also for a token that was verified before")
    void withdrawn() {
        // Given
        String token = A.token(issuer.claims(""));
        assertInstanceOf(Authentication.Authenticated.class, TestIssuer.answer(service, token));
        issuer.publish(B);

        // When
        issuer.pass(Duration.ofMinutes(15));
        Authentication answer = TestIssuer.answer(service, token);

        // Then
        assertTrue(reason(answer).contains("no key for ES256"));
    }

    @Test
    @DisplayName("keys are fetched anew in the background from a third of their age on")
    void background() throws InterruptedException {
        // Given
        String token = A.token(issuer.claims(""));
        assertInstanceOf(Authentication.Authenticated.class, TestIssuer.answer(service, token));
        issuer.publish(B);
        issuer.pass(Duration.ofMinutes(5));

        // When
        boolean atOnce = TestIssuer.show(service, token).toCompletableFuture().isDone();

        // Then
        assertTrue(atOnce);
        until(() -> issuer.fetches.get() == 2);
        until(() -> TestIssuer.answer(service, token) instanceof Authentication.Rejected);
    }

    @Test
    @DisplayName(
            "AUTH-07 during an outage known keys go on working until their age, and no longer; afterwards all is well")
    void outage() {
        // Given
        assertAccepted(A);

        for (String broken : new String[] {"500", "{\"keys\":[]}", "<html>", "", "[]"}) {
            // When
            issuer.status = broken.equals("500") ? 500 : 200;
            issuer.keySet = broken;
            issuer.pass(Duration.ofMinutes(2));

            // Then
            assertAccepted(A);
            assertTrue(reason(TestIssuer.answer(service, SigningKey.ec("x").token(issuer.claims(""))))
                    .contains("no key"));
            assertAccepted(A);
        }

        // When
        issuer.pass(Duration.ofMinutes(5));
        Authentication late = TestIssuer.answer(service, A.token(issuer.claims("\"late\":1")));
        issuer.status = 200;
        issuer.publish(A);
        issuer.pass(Duration.ofSeconds(2));

        // Then
        assertEquals(
                Authentication.Cause.UNAVAILABLE,
                assertInstanceOf(Authentication.Rejected.class, late).cause());
        assertAccepted(A);
    }

    @Test
    @DisplayName("an issuer that cannot be reached makes authentication unavailable, and is not asked for each token")
    void unreachable() {
        // Given
        issuer.status = 503;

        // When
        var first = (Authentication.Rejected) TestIssuer.answer(service, A.token(issuer.claims("")));
        var second = (Authentication.Rejected) TestIssuer.answer(service, A.token(issuer.claims("\"x\":1")));

        // Then
        assertEquals(Authentication.Cause.UNAVAILABLE, first.cause());
        assertTrue(first.operatorReason().contains("answers 503"));
        assertEquals(Authentication.UNAVAILABLE, second.publicReason());
        assertEquals(1, issuer.fetches.get());
    }

    @Test
    @DisplayName("a discovery document of another issuer is not believed")
    void otherDiscovery() {
        // Given
        issuer.discoveredIssuer = "https://evil.example";

        // When
        Authentication answer = TestIssuer.answer(service, A.token(issuer.claims("")));

        // Then
        assertTrue(reason(answer).contains("another issuer"));
    }

    @Test
    @DisplayName("an answer without end is cut off")
    void endless() {
        // Given
        issuer.keySet = "{\"keys\":[]" + " ".repeat(2 << 20) + "}";

        // When
        Authentication answer = TestIssuer.answer(service, A.token(issuer.claims("")));

        // Then
        assertTrue(reason(answer).contains("longer than"));
    }

    @Test
    @DisplayName("the caller never waits for a fetch, and many callers share one")
    void notBlocking() throws InterruptedException {
        // Given
        CountDownLatch release = new CountDownLatch(1);
        issuer.server.removeContext("/keys");
        issuer.server.createContext("/keys", exchange -> {
            issuer.fetches.incrementAndGet();
            awaitLatch(release);
            byte[] body = issuer.keySet.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        // When
        CompletionStage<Authentication> one = TestIssuer.show(service, A.token(issuer.claims("")));
        CompletionStage<Authentication> two = TestIssuer.show(service, A.token(issuer.claims("\"x\":1")));
        boolean waiting = !one.toCompletableFuture().isDone();
        release.countDown();

        // Then
        assertTrue(waiting);
        assertInstanceOf(Authentication.Authenticated.class, TestIssuer.await(one));
        assertInstanceOf(Authentication.Authenticated.class, TestIssuer.await(two));
        assertEquals(1, issuer.fetches.get());
    }

    @Test
    @DisplayName("a token that was verified before is answered at once until it expires")
    void remembered() {
        // Given
        String token = A.token(issuer.claims(""));
        Authentication first = TestIssuer.answer(service, token);

        // When
        CompletionStage<Authentication> second = TestIssuer.show(service, token);

        // Then
        assertTrue(second.toCompletableFuture().isDone());
        assertEquals(first, TestIssuer.await(second));
        issuer.pass(Duration.ofSeconds(3661));
        assertTrue(reason(TestIssuer.answer(service, token)).contains("exp is"));
    }

    @Test
    @DisplayName("the bearer is read for each request, and shown to the configured address")
    void bearer() {
        // Given
        String[] current = {"one"};
        IssuerSettings settings = issuer.at(
                URI.create(issuer.url() + "/keys"), null, () -> Secret.of(current[0]), "https://cluster.example");
        String claims = issuer.claims("").replace(issuer.url(), "https://cluster.example");

        try (IdentityService cluster = issuer.service(settings)) {
            // When
            assertInstanceOf(Authentication.Authenticated.class, TestIssuer.answer(cluster, A.token(claims)));
            String before = String.valueOf(issuer.authorization);
            current[0] = "two";
            issuer.pass(Duration.ofMinutes(15));
            assertInstanceOf(Authentication.Authenticated.class, TestIssuer.answer(cluster, A.token(claims)));

            // Then
            assertEquals("Bearer one", before);
            assertEquals("Bearer two", issuer.authorization);
        }
    }

    @Test
    @DisplayName("an issuer behind an authority of its own is trusted through its ca file, and not without it")
    void ownAuthority(@TempDir Path directory) throws Exception {
        // Given
        HttpsServer server = tlsServer(directory);
        URI keys = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/keys");
        Path ca = directory.resolve("ca.crt");
        String claims = issuer.claims("").replace(issuer.url(), "https://own.example");

        try (IdentityService with = issuer.service(issuer.at(keys, ca, null, "https://own.example"));
                IdentityService without = issuer.service(issuer.at(keys, null, null, "https://own.example"))) {
            // When
            Authentication trusted = TestIssuer.answer(with, A.token(claims));
            Authentication untrusted = TestIssuer.answer(without, A.token(claims));

            // Then
            assertInstanceOf(Authentication.Authenticated.class, trusted);
            assertEquals(
                    Authentication.Cause.UNAVAILABLE,
                    assertInstanceOf(Authentication.Rejected.class, untrusted).cause());
        } finally {
            server.stop(0);
        }
    }

    private HttpsServer tlsServer(Path directory) throws Exception {
        Path store = directory.resolve("server.p12");
        keytool("-genkeypair", "-alias", "s", "-keyalg", "EC", "-dname", "CN=own", "-ext", "san=ip:127.0.0.1", store);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        String certificate =
                Base64.getMimeEncoder().encodeToString(keys.getCertificate("s").getEncoded());
        Files.writeString(
                directory.resolve("ca.crt"),
                "-----BEGIN CERTIFICATE-----\n" + certificate + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/keys", exchange -> {
            byte[] body = issuer.keySet.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void keytool(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        for (int i = 0; i < arguments.length - 1; i++) {
            command.add(arguments[i].toString());
        }
        command.addAll(List.of("-keystore", arguments[arguments.length - 1].toString(), "-storepass", "changeit"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void until(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertFalse(System.nanoTime() > deadline, "the condition did not come true in time");
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void assertAccepted(SigningKey key) {
        assertInstanceOf(Authentication.Authenticated.class, TestIssuer.answer(service, key.token(issuer.claims(""))));
    }

    private static String reason(Authentication answer) {
        return assertInstanceOf(Authentication.Rejected.class, answer).operatorReason();
    }
}
