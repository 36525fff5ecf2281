package io.sallyport.kubernetes;

import io.sallyport.api.config.HostPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** An API server that answers what a test says, and keeps what it was asked. */
final class StubServer implements AutoCloseable {

    final List<String> heads = new CopyOnWriteArrayList<>();
    final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    final AtomicInteger closed = new AtomicInteger();
    private final SSLServerSocket socket;
    private final Handler handler;

    private StubServer(SSLServerSocket socket, Handler handler) {
        this.socket = socket;
        this.handler = handler;
    }

    static StubServer start(Handler handler) throws Exception {
        Path store = Certificates.shared().certificate().resolveSibling("localhost.p12");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        StubServer server = new StubServer(socket, handler);
        thread(server::accept);
        return server;
    }

    /** A server that answers every request with an empty list. */
    static StubServer listing() throws Exception {
        return start((head, body, out) ->
                answer(out, 200, "application/json", "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[]}"));
    }

    static void answer(OutputStream out, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write(("HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\nContent-Length: " + bytes.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.flush();
    }

    HostPort address() {
        return new HostPort("127.0.0.1", socket.getLocalPort());
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "stub");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                SSLSocket connection = (SSLSocket) socket.accept();
                thread(() -> serve(connection));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(SSLSocket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            while (true) {
                String head = RawClient.head(in);
                if (head.isEmpty()) {
                    return;
                }
                heads.add(head);
                byte[] body = in.readNBytes(length(head));
                bodies.add(body);
                handler.answer(head, body, connection.getOutputStream());
            }
        } catch (IOException e) {
            // The gateway left.
        } finally {
            closed.incrementAndGet();
        }
    }

    private static int length(String head) {
        for (String line : head.split("\r\n", -1)) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(line.substring(15).strip());
            }
        }
        return 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** What the server answers. */
    interface Handler {
        void answer(String head, byte[] body, OutputStream out) throws IOException;
    }

    static byte[] chunk(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 16);
        out.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes);
        out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }
}
