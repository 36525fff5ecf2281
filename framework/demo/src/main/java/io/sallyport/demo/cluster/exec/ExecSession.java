package io.sallyport.demo.cluster.exec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.demo.cluster.http.WebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The channels of an exec over WebSocket: v4.channel.k8s.io, and v5, which can close standard input alone. */
public final class ExecSession {

    /** What the stand-in speaks, the best first. */
    public static final List<String> PROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");

    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int ERROR = 3;
    private static final int CLOSE = 255;

    private final WebSocket socket;
    private final boolean input;
    private final boolean terminal;

    /**
     * A session on a connection that was upgraded.
     *
     * @param input whether the client sends standard input
     * @param terminal whether it asks for a terminal
     */
    public ExecSession(WebSocket socket, boolean input, boolean terminal) {
        this.socket = socket;
        this.input = input;
        this.terminal = terminal;
    }

    /** Acts the command and tells its exit status, while another thread hands on what the client types. */
    public void run(String hostname, List<String> command) throws IOException {
        try (PipedOutputStream typed = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(typed, 64 << 10)) {
            Thread reader = new Thread(() -> read(typed), "demo-cluster-stdin");
            reader.setDaemon(true);
            reader.start();
            OutputStream out = channel(STDOUT);
            int status = new ToyShell(
                            hostname, input ? in : InputStream.nullInputStream(), out, terminal ? out : channel(STDERR))
                    .run(command);
            byte[] said = result(status).toString().getBytes(StandardCharsets.UTF_8);
            socket.write(ERROR, said, 0, said.length);
            socket.close();
            reader.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(PipedOutputStream typed) {
        try (typed) {
            for (byte[] message = socket.read(); message != null; message = socket.read()) {
                if (message.length > 1 && message[0] == STDIN) {
                    typed.write(message, 1, message.length - 1);
                    typed.flush();
                } else if (message.length == 2 && (message[0] & 0xff) == CLOSE && message[1] == STDIN) {
                    typed.close();
                }
            }
        } catch (IOException e) {
            // The command is over and no longer reads, or the client has left.
            return;
        }
    }

    private OutputStream channel(int number) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                socket.write(number, bytes, offset, length);
            }
        };
    }

    private static ObjectNode result(int status) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putObject("metadata");
        if (status == 0) {
            return result.put("status", "Success");
        }
        result.put("status", "Failure")
                .put("message", "command terminated with non-zero exit code: exit status " + status)
                .put("reason", "NonZeroExitCode");
        result.putObject("details")
                .putArray("causes")
                .addObject()
                .put("reason", "ExitCode")
                .put("message", Integer.toString(status));
        return result;
    }
}
