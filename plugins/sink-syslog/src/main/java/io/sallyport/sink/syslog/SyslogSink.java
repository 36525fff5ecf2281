package io.sallyport.sink.syslog;

import io.sallyport.api.sink.EventSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Sends events over one connection.
 *
 * <p>Syslog has no acknowledgement: what lies in buffers when a connection breaks is lost without a word. So the last mebibyte
 * that was sent is kept, and sent again first on the connection that follows; a receiver tells repetitions apart by the
 * event's id.
 */
final class SyslogSink implements EventSink {

    private static final int REPEATED_BYTES = 1 << 20;
    private static final int LOOK_MILLIS = 5;

    private final SyslogSinkConfig config;
    private final Connections connections;
    private final Deque<byte[]> sent = new ArrayDeque<>();
    private int sentBytes;
    private @Nullable SSLSocket connection;

    SyslogSink(SyslogSinkConfig config) {
        this.config = config;
        this.connections = new Connections(config);
    }

    @Override
    public void deliver(List<Event> events) throws IOException {
        boolean delivered = false;
        try {
            SSLSocket socket = connected();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int longest = (int) config.maxMessage().bytes();
            for (Event event : events) {
                byte[] frame = SyslogMessage.frame(event, config.facility().code(), longest);
                out.writeBytes(frame);
                keep(frame);
            }
            socket.getOutputStream().write(out.toByteArray());
            socket.getOutputStream().flush();
            if (ended(socket)) {
                throw new IOException("the collector " + config.server() + " has ended the connection");
            }
            delivered = true;
        } finally {
            if (!delivered) {
                disconnect();
            }
        }
    }

    private void keep(byte[] frame) {
        sent.add(frame);
        sentBytes += frame.length;
        while (sentBytes > REPEATED_BYTES && sent.size() > 1) {
            sentBytes -= sent.remove().length;
        }
    }

    private SSLSocket connected() throws IOException {
        SSLSocket open = connection;
        if (open != null && !ended(open)) {
            return open;
        }
        disconnect();
        SSLSocket fresh = connections.open();
        connection = fresh;
        for (byte[] frame : sent) {
            fresh.getOutputStream().write(frame);
        }
        return fresh;
    }

    /** Whether the other side has ended the connection; a collector never says anything. */
    private static boolean ended(SSLSocket socket) {
        try {
            socket.setSoTimeout(LOOK_MILLIS);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private void disconnect() {
        SSLSocket open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is gone either way.
                return;
            }
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
