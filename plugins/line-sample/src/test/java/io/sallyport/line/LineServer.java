package io.sallyport.line;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A target: keeps values by key, answers one line for each, and notes every line that it is sent. */
final class LineServer implements AutoCloseable {

    static final String PASSWORD = "target-password-canary";

    /** Every line that came, logins included. */
    final List<String> lines = new CopyOnWriteArrayList<>();

    final Map<String, String> values = new ConcurrentHashMap<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ServerSocket listener;

    LineServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
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
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = socket.getOutputStream();
            String line;
            while ((line = in.readLine()) != null) {
                lines.add(line);
                out.write((answer(line.split(" ", 3)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException gone) {
            // The gateway left.
        } finally {
            sockets.remove(socket);
        }
    }

    private String answer(String[] words) {
        return switch (words[0]) {
            case "TOKEN" -> words[1].equals(PASSWORD) ? "OK" : "ERROR who is this";
            case "GET" -> values.containsKey(words[1]) ? "VALUE " + values.get(words[1]) : "NONE";
            case "PUT" -> {
                values.put(words[1], words[2]);
                yield "OK";
            }
            case "DEL" -> values.remove(words[1]) == null ? "NONE" : "OK";
            default -> "ERROR unknown";
        };
    }

    /** Ends every connection, as a server does that stops. */
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        hangUp();
    }
}
