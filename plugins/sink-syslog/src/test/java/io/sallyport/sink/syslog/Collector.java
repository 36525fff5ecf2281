package io.sallyport.sink.syslog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A collector that takes messages with their length in front, on one connection at a time. */
final class Collector implements AutoCloseable {

    final List<String> messages = new CopyOnWriteArrayList<>();
    private final SSLServerSocket listener;
    private volatile @Nullable SSLSocket connection;

    Collector(SSLContext context, int port, boolean wantsCertificate) throws IOException {
        listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(port, 1, InetAddress.getLoopbackAddress());
        listener.setNeedClientAuth(wantsCertificate);
        Thread thread = new Thread(this::serve, "collector");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (SSLSocket accepted = (SSLSocket) listener.accept()) {
                connection = accepted;
                InputStream in = accepted.getInputStream();
                for (String message = read(in); message != null; message = read(in)) {
                    messages.add(message);
                }
            } catch (IOException e) {
                // The connection or the listener is gone: the next accept tells.
                connection = null;
            }
        }
    }

    private static @Nullable String read(InputStream in) throws IOException {
        ByteArrayOutputStream digits = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= '0' && next <= '9') {
            digits.write(next);
            next = in.read();
        }
        if (next < 0) {
            return null;
        }
        if (next != ' ' || digits.size() == 0) {
            throw new IOException("no length in front of a message");
        }
        int length = Integer.parseInt(digits.toString(StandardCharsets.US_ASCII));
        return new String(in.readNBytes(length), StandardCharsets.US_ASCII);
    }

    /** Breaks the connection that is open. */
    void cut() throws IOException {
        SSLSocket open = connection;
        if (open != null) {
            try {
                open.setSoLinger(true, 0);
            } catch (SocketException e) {
                // Its other side was faster.
            }
            open.close();
        }
    }

    /** Takes nothing any more; may be called twice. */
    void shut() {
        try {
            listener.close();
            cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        shut();
    }
}
