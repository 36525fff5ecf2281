package io.sallyport.demo.cluster.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The answer to one request: at once, as a stream, or by taking the connection over. For one thread. */
public final class Exchange {

    private final InputStream in;
    private final OutputStream out;
    private boolean answered;
    private boolean takenOver;

    Exchange(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Answers whole. */
    public void answer(int status, String contentType, byte[] body) throws IOException {
        head(status, Map.of("Content-Type", contentType, "Content-Length", Integer.toString(body.length)));
        out.write(body);
        out.flush();
    }

    /** Answers in parts, each of which is sent when the stream is flushed; closing it ends the answer. */
    public OutputStream stream(int status, String contentType) throws IOException {
        head(status, Map.of("Content-Type", contentType, "Transfer-Encoding", "chunked"));
        out.flush();
        return new Chunks(out);
    }

    /** Switches protocols; the connection is the caller's from here on. */
    public void upgrade(Map<String, String> headers) throws IOException {
        head(101, headers);
        out.flush();
        takenOver = true;
    }

    /** What the client sends after an upgrade. */
    public InputStream in() {
        return in;
    }

    /** What the client gets after an upgrade. */
    public OutputStream out() {
        return out;
    }

    boolean answered() {
        return answered;
    }

    boolean takenOver() {
        return takenOver;
    }

    private void head(int status, Map<String, String> headers) throws IOException {
        answered = true;
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " " + (status < 400 ? "OK" : "Error") + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static final class Chunks extends FilterOutputStream {

        private boolean closed;

        Chunks(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(bytes, offset, length);
                out.write(new byte[] {'\r', '\n'});
            }
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        }
    }
}
