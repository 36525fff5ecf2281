package io.sallyport.sink.syslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.config.ByteSize;
import io.sallyport.api.config.HostPort;
import io.sallyport.api.sink.EventSink.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The syslog sink")
@SuppressWarnings("NullAway.Init")
final class SyslogSinkTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path directory;

    private Path certificate;
    private Path key;
    private SSLContext context;

    @BeforeEach
    void certificate() throws Exception {
        Path store = directory.resolve("store.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        certificate = pem("CERTIFICATE", keys.getCertificate("own").getEncoded());
        key = pem("PRIVATE KEY", keys.getKey("own", PASSWORD).getEncoded());
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("own", keys.getCertificate("own"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    }

    @Test
    @DisplayName("sends each event as one message, in order, on one connection")
    void sends() throws Exception {
        try (Collector collector = new Collector(context, 0, false);
                SyslogSink sink = sink("localhost", collector.port(), certificate)) {
            // When
            sink.deliver(List.of(event(1), event(2)));
            sink.deliver(List.of(event(3)));
            await(() -> collector.messages.size() == 3);

            // Then
            assertTrue(collector.messages.get(0).endsWith("{\"n\":1}"), collector.messages::toString);
            assertTrue(collector.messages.get(2).endsWith("{\"n\":3}"), collector.messages::toString);
        }
    }

    @Test
    @DisplayName("fails while the collector is away, and afterwards sends the last messages again with the new ones")
    void breaks() throws Exception {
        // Given
        int port;
        try (Collector collector = new Collector(context, 0, false)) {
            port = collector.port();
            SyslogSink sink = sink("localhost", port, certificate);
            sink.deliver(List.of(event(1)));
            await(() -> collector.messages.size() == 1);
            collector.shut();
            assertThrows(IOException.class, () -> untilItFails(sink));

            // When
            try (Collector back = new Collector(context, port, false)) {
                sink.deliver(List.of(event(2)));
                await(() -> back.messages.stream().anyMatch(message -> message.endsWith("{\"n\":2}")));

                // Then
                assertTrue(back.messages.get(0).endsWith("{\"n\":1}"), back.messages::toString);
            }
            sink.close();
        }
    }

    @Test
    @DisplayName("shows its own certificate to a collector that wants one")
    void mutual() throws Exception {
        // Given
        try (Collector collector = new Collector(context, 0, true);
                SyslogSink sink = new SyslogSink(config("localhost", collector.port(), certificate, key))) {
            // When
            sink.deliver(List.of(event(1)));
            await(() -> collector.messages.size() == 1);

            // Then
            assertEquals(1, collector.messages.size());
        }
    }

    @Test
    @DisplayName("says nothing to a collector with another name, or of an authority that is not trusted")
    void strangers() throws Exception {
        try (Collector collector = new Collector(context, 0, false)) {
            for (SyslogSink sink : List.of(
                    sink("127.0.0.1", collector.port(), certificate), sink("localhost", collector.port(), null))) {
                // When
                assertThrows(SSLException.class, () -> sink.deliver(List.of(event(1))));

                // Then
                assertEquals(List.of(), collector.messages);
            }
        }
    }

    /** A connection that has just been broken may take a batch or two before it shows. */
    private static void untilItFails(SyslogSink sink) throws IOException {
        for (int i = 0; i < 100; i++) {
            sink.deliver(List.of(event(1)));
        }
    }

    private SyslogSink sink(String host, int port, @Nullable Path ca) {
        return new SyslogSink(config(host, port, ca, null));
    }

    private SyslogSinkConfig config(String host, int port, @Nullable Path ca, @Nullable Path own) {
        return new SyslogSinkConfig(
                new HostPort(host, port),
                ca,
                own == null ? null : certificate,
                own,
                SyslogSinkConfig.Facility.AUDIT,
                ByteSize.parse("8KiB"),
                Duration.ofSeconds(5));
    }

    private static Event event(int number) {
        return new Event("n/l/1/" + number, "own", "", ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8));
    }

    private Path pem(String kind, byte[] content) throws IOException {
        String text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                + "-----\n";
        return Files.writeString(directory.resolve(kind.replace(' ', '-') + ".pem"), text);
    }

    private static void keytool(String... arguments) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        String[] command = new String[arguments.length + 1];
        command[0] = tool.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 20 s");
            LockSupport.parkNanos(1_000_000L);
        }
    }
}
