package io.sallyport.line;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client: writes lines and reads lines. */
final class LineClient implements AutoCloseable {

    /** What is read where the connection has ended. */
    static final String CLOSED = "(closed)";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final BufferedReader in;

    LineClient(InetSocketAddress gateway) throws IOException {
        socket = new Socket(gateway.getAddress(), gateway.getPort());
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Sends each line of standard input and prints what comes back: {@code … LineClient HOST PORT}. */
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress gateway = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        try (LineClient client = new LineClient(gateway);
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String line;
            while ((line = input.readLine()) != null) {
                System.out.println(client.ask(line));
            }
        }
    }

    /** Sends lines, all in one piece. */
    void send(String... lines) throws IOException {
        write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The next line, {@link #CLOSED} at the end. */
    String line() throws IOException {
        return line(PATIENCE);
    }

    /** The next line; a {@link java.net.SocketTimeoutException} if none comes in time. */
    String line(Duration within) throws IOException {
        socket.setSoTimeout((int) Math.max(1, within.toMillis()));
        String line = in.readLine();
        return line == null ? CLOSED : line;
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
