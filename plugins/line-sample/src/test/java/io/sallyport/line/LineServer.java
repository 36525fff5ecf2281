package io.sallyport.line;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A target: keeps values by key, answers each line with one, and notes every line that it is sent.
 */
final class LineServer implements AutoCloseable {

    static final String PASSWORD = "target-password-canary";

    /** Every line that came, logins included. */
    final List<String> lines = new CopyOnWriteArrayList<>();

    final Map<String, String> values = new ConcurrentHashMap<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong sent = new AtomicLong();
    private final ServerSocket listener;
    private final Object gate = new Object();
    private boolean paused;
    private volatile boolean accepting = true;

    LineServer(int port) throws IOException {
        listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        start(this::accept);
    }

    /** Serves until it is stopped: {@code java -cp target/test-classes PACKAGE.LineServer PORT}. */
    public static void main(String[] arguments) throws Exception {
        try (LineServer server = new LineServer(Integer.parseInt(arguments[0]))) {
            System.out.println("listening on " + server.port());
            Thread.currentThread().join();
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return sockets.size();
    }

    long sent() {
        return sent.get();
    }

    void accepting(boolean now) {
        accepting = now;
    }

    /** Keeps answers until {@link #resume}. */
    void pause() {
        synchronized (gate) {
            paused = true;
        }
    }

    void resume() {
        synchronized (gate) {
            paused = false;
            gate.notifyAll();
        }
    }

    /** Ends every connection, as a server does that stops. */
    void drop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "line-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The server stops.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line;
            while ((line = in.readLine()) != null) {
                lines.add(line);
                synchronized (gate) {
                    while (paused) {
                        gate.wait();
                    }
                }
                send(socket.getOutputStream(), answer(line.split(" ", 3)) + "\n");
            }
        } catch (IOException | InterruptedException gone) {
            // The peer left.
        } finally {
            sockets.remove(socket);
        }
    }

    private void send(OutputStream out, String answer) throws IOException {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        out.write(bytes);
        sent.addAndGet(bytes.length);
    }

    private String answer(String[] words) {
        if (words.length < 2) {
            return "ERROR unknown";
        }
        return switch (words[0]) {
            case "TOKEN" -> accepting && words[1].equals(PASSWORD) ? "OK" : "ERROR who is this";
            case "GET" -> values.containsKey(words[1]) ? "VALUE " + values.get(words[1]) : "NONE";
            case "PUT" -> {
                values.put(words[1], words[2]);
                yield "OK";
            }
            case "DEL" -> values.remove(words[1]) == null ? "NONE" : "OK";
            default -> "ERROR unknown";
        };
    }

    @Override
    public void close() throws IOException {
        listener.close();
        resume();
        drop();
    }
}
