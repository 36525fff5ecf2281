package io.sallyport.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that sends bytes as the test writes them. */
final class RawClient implements AutoCloseable {

    private final SSLSocket socket;

    RawClient(Gateway gateway) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", gateway.port());
        socket.setSoTimeout(20_000);
    }

    /** A request with a token and the lines that the test adds. */
    static String request(String line, String... more) {
        StringBuilder text = new StringBuilder(line).append(" HTTP/1.1\r\nHost: gw\r\n");
        text.append("Authorization: Bearer ").append(FakeSessions.TOKEN).append("\r\n");
        for (String field : more) {
            text.append(field).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** Reads one answer with a length, in chunks, or without a body. */
    Answer answer() throws IOException {
        String head = head(in());
        String lower = head.toLowerCase(Locale.ROOT);
        byte[] body = new byte[0];
        int length = lower.indexOf("content-length: ");
        if (length >= 0) {
            body = in().readNBytes(Integer.parseInt(head.substring(length + 16, head.indexOf("\r\n", length))));
        } else if (lower.contains("transfer-encoding: chunked")) {
            body = chunks();
        }
        int status = head.isEmpty() ? 0 : Integer.parseInt(head.substring(9, 12));
        return new Answer(status, head, new String(body, StandardCharsets.UTF_8));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = chunk();
        while (chunk.length > 0) {
            body.writeBytes(chunk);
            chunk = chunk();
        }
        return body.toByteArray();
    }

    /** One chunk, empty at the end. */
    byte[] chunk() throws IOException {
        StringBuilder size = new StringBuilder();
        int c = in().read();
        while (c != '\n') {
            if (c < 0) {
                throw new IOException("the answer ends in the middle");
            }
            size.append((char) c);
            c = in().read();
        }
        byte[] bytes = in().readNBytes(Integer.parseInt(size.toString().strip(), 16));
        in().readNBytes(2);
        return bytes;
    }

    /** Whether the gateway has closed the connection. */
    boolean ended() throws IOException {
        return in().read() < 0;
    }

    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                return "";
            }
            head.append((char) c);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** An answer. */
    record Answer(int status, String head, String body) {}

    private static final class Trusting implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Every certificate will do.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Every certificate will do.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
