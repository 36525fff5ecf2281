package io.sallyport.postgres;

import io.sallyport.api.config.HostPort;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands in front of the real server: passes on what clients send, and the server's frames as the test says. */
final class TargetProxy implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Sender sender;
    private final HostPort real;

    /** How a frame of the server leaves. */
    interface Sender {
        void send(byte[] frame, OutputStream to) throws IOException;
    }

    private TargetProxy(Sender sender) throws IOException {
        this.sender = sender;
        this.real = TestServer.get().address();
        start(this::accept);
    }

    /** Sends each frame as it is told. */
    static TargetProxy sending(Sender sender) throws IOException {
        return new TargetProxy(sender);
    }

    /** Leaves out the frames of a type. */
    static TargetProxy without(char type) throws IOException {
        return new TargetProxy((frame, to) -> {
            if (frame[0] != type) {
                to.write(frame);
            }
        });
    }

    /** Gives the frames of a type another type. */
    static TargetProxy renaming(char type, char other) throws IOException {
        return new TargetProxy((frame, to) -> {
            if (frame[0] == type) {
                frame[0] = (byte) other;
            }
            to.write(frame);
        });
    }

    /** Sends so many bytes at a time, each in a segment of its own, once it is told to begin. */
    static TargetProxy cutting(int bytes, AtomicBoolean begun) throws IOException {
        return new TargetProxy((frame, to) -> {
            if (!begun.get()) {
                to.write(frame);
                return;
            }
            for (int at = 0; at < frame.length; at += bytes) {
                to.write(frame, at, Math.min(bytes, frame.length - at));
                to.flush();
            }
        });
    }

    HostPort address() {
        return new HostPort("127.0.0.1", listener.getLocalPort());
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "target-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(real.host(), real.port());
                client.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                start(() -> requests(client, server));
                start(() -> answers(server, client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void requests(Socket client, Socket server) {
        try (server) {
            client.getInputStream().transferTo(server.getOutputStream());
        } catch (IOException e) {
            // The other direction closes.
        }
    }

    private void answers(Socket server, Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(server.getInputStream());
            while (true) {
                byte type = in.readByte();
                int length = in.readInt();
                byte[] frame = new byte[length + 1];
                frame[0] = type;
                for (int i = 0; i < 4; i++) {
                    frame[1 + i] = (byte) (length >> (24 - 8 * i));
                }
                in.readFully(frame, 5, length - 4);
                sender.send(frame, client.getOutputStream());
            }
        } catch (IOException e) {
            // The other direction closes.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
