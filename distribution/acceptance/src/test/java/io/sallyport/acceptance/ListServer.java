package io.sallyport.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** In an API server's place: it answers every request with a list of Secrets of about a kilobyte, one on each line. */
final class ListServer implements AutoCloseable {

    /** A value of every Secret; nothing that detectors know. */
    static final String VALUE = Base64.getEncoder()
            .encodeToString("correct horse battery staple ".repeat(24).getBytes(StandardCharsets.UTF_8));

    private static final int ITEM = item(0).length;
    private static final int ITEMS_AT_ONCE = 64;

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int items;

    private ListServer(HttpsServer server, int items) {
        this.server = server;
        this.items = items;
    }

    /** A server whose lists have about this many bytes, with the certificate of the demo. */
    static ListServer start(Demo demo, long size) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(demo.directory())));
        ListServer made = new ListServer(server, Math.toIntExact(size / ITEM) + 1);
        server.createContext("/", made::answer);
        server.setExecutor(made.threads);
        server.start();
        return made;
    }

    private static SSLContext tls(Path directory) throws IOException {
        try (InputStream chain = Files.newInputStream(directory.resolve("tls.crt"))) {
            Certificate[] certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(chain)
                    .toArray(Certificate[]::new);
            String pem = Files.readString(directory.resolve("tls.key")).replaceAll("-----[A-Z ]+-----|\\s", "");
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("server", key, new char[0], certificates);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    int items() {
        return items;
    }

    long bytes() {
        return (long) items * ITEM;
    }

    private static byte[] item(int number) {
        return ("{\"metadata\":{\"name\":\"secret-" + (1_000_000 + number)
                        + "\",\"namespace\":\"big\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\"},\"data\":{\"value\":\""
                        + VALUE + "\"},\"type\":\"Opaque\"},\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            write(out, "{\"kind\":\"SecretList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[\n");
            ByteArrayOutputStream some = new ByteArrayOutputStream(ITEMS_AT_ONCE * ITEM);
            for (int i = 0; i < items - 1; i++) {
                some.writeBytes(item(i));
                if (i % ITEMS_AT_ONCE == 0) {
                    some.writeTo(out);
                    some.reset();
                }
            }
            some.writeTo(out);
            byte[] last = item(items - 1);
            new ByteArrayInputStream(last, 0, last.length - 2).transferTo(out);
            write(out, "\n]}\n");
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
