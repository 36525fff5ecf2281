package io.sallyport.demo.cluster.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on loopback, with a thread for each connection. */
public final class HttpsListener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HttpsListener.class);
    private static final int LONGEST_LINE = 64 << 10;
    private static final int LONGEST_BODY = 16 << 20;

    private final ServerSocket server;
    private final Handler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "demo-cluster");
        thread.setDaemon(true);
        return thread;
    });

    /** Answers requests. */
    @FunctionalInterface
    public interface Handler {

        /** Answers one request, on a thread that may block. */
        void handle(Request request, Exchange exchange) throws IOException;
    }

    /** Starts on a free port. */
    public HttpsListener(SSLContext tls, Handler handler) throws IOException {
        this.handler = handler;
        this.server = tls.getServerSocketFactory().createServerSocket(0, 256, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                log.debug("the stand-in cluster no longer accepts: {}", e.toString());
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
            socket.setTcpNoDelay(true);
            boolean more = true;
            while (more) {
                more = exchange(in, out);
            }
        } catch (IOException | RuntimeException e) {
            log.debug("a connection to the stand-in cluster ended: {}", e.toString());
        } finally {
            open.remove(socket);
        }
    }

    private boolean exchange(InputStream in, OutputStream out) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            return false;
        }
        String[] words = line.split(" ", 3);
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            if (words.length != 3 || colon < 1) {
                return false;
            }
            headers.merge(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip(),
                    (one, other) -> one + "," + other);
        }
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        Exchange exchange = new Exchange(in, out);
        handler.handle(Request.of(words[0], words[1], Map.copyOf(headers), body(in, headers)), exchange);
        if (!exchange.answered()) {
            exchange.answer(500, "text/plain", new byte[0]);
        }
        return !exchange.takenOver() && !headers.getOrDefault("connection", "").equalsIgnoreCase("close");
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = size(line(in)); size > 0; size = size(line(in))) {
                body.write(exactly(in, size));
                line(in);
                if (body.size() > LONGEST_BODY) {
                    throw new IOException("the body is too long");
                }
            }
            line(in);
            return body.toByteArray();
        }
        return exactly(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }

    private static int size(String line) {
        int semicolon = line.indexOf(';');
        return Integer.parseInt((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
    }

    private static byte[] exactly(InputStream in, int size) throws IOException {
        if (size < 0 || size > LONGEST_BODY) {
            throw new IOException("the body is too long");
        }
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new IOException("the client left");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() > LONGEST_LINE) {
                throw new IOException("the line is too long");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
