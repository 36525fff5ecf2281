package io.sallyport.line;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client: writes lines and reads lines. */
final class LineClient implements AutoCloseable {

    private static final int PATIENCE_MILLISECONDS = 20_000;

    private final Socket socket;
    private final BufferedReader in;

    LineClient(InetSocketAddress gateway) throws IOException {
        socket = new Socket(gateway.getAddress(), gateway.getPort());
        socket.setSoTimeout(PATIENCE_MILLISECONDS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Sends lines, all in one piece. */
    void send(String... lines) throws IOException {
        write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The next line; at the connection's end a text that says so. */
    String line() throws IOException {
        String line = in.readLine();
        return line == null ? "(closed)" : line;
    }

    String ask(String line) throws IOException {
        send(line);
        return line();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
