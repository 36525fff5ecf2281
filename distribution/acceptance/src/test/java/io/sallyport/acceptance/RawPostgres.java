package io.sallyport.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A client that sends exactly the frames that a test says, in one write, and shows every frame that comes back. */
final class RawPostgres implements AutoCloseable {

    private static final int SSL_REQUEST = 80877103;
    private static final int PROTOCOL_3_0 = 196608;

    private final Socket wire;
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private int expected;

    /** One frame of the server. */
    record Frame(char type, byte[] body) {

        /** The fields of an ErrorResponse or NoticeResponse. */
        Map<Character, String> fields() {
            Map<Character, String> fields = new HashMap<>();
            int at = 0;
            while (at < body.length && body[at] != 0) {
                int end = at + 1;
                while (body[end] != 0) {
                    end++;
                }
                fields.put((char) body[at], new String(body, at + 1, end - at - 1, StandardCharsets.UTF_8));
                at = end + 1;
            }
            return fields;
        }

        String code() {
            return fields().getOrDefault('C', "");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The values of a DataRow. */
        List<String> row() {
            ByteBuffer buffer = ByteBuffer.wrap(body);
            List<String> values = new ArrayList<>();
            int count = buffer.getShort() & 0xFFFF;
            for (int i = 0; i < count; i++) {
                int length = buffer.getInt();
                if (length < 0) {
                    values.add("NULL");
                } else {
                    byte[] value = new byte[length];
                    buffer.get(value);
                    values.add(new String(value, StandardCharsets.UTF_8));
                }
            }
            return values;
        }
    }

    private RawPostgres(Socket wire, Socket socket) throws IOException {
        this.wire = wire;
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Logs in with a token of the demo. */
    static RawPostgres login(Demo demo, String target, String token, String... parameters) throws IOException {
        return login(demo, demo.port(), target, token, parameters);
    }

    /** Logs in at another gateway that knows the demo's tokens. */
    static RawPostgres login(Demo demo, int port, String target, String token, String... parameters)
            throws IOException {
        Socket wire = plain(port);
        RawPostgres client = new RawPostgres(wire, tls(demo, wire));
        client.startup(target, parameters);
        client.until('R');
        client.write(frame('p', (demo.variable(token) + "\0").getBytes(StandardCharsets.UTF_8)));
        client.until('Z');
        return client;
    }

    static Socket plain(Demo demo) throws IOException {
        return plain(demo.port());
    }

    private static Socket plain(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(15_000);
        return socket;
    }

    private static Socket tls(Demo demo, Socket socket) throws IOException {
        socket.getOutputStream()
                .write(ByteBuffer.allocate(8).putInt(8).putInt(SSL_REQUEST).array());
        int answer = socket.getInputStream().read();
        if (answer != 'S') {
            throw new IOException("answered " + answer + " to SSLRequest");
        }
        return secure(demo, socket);
    }

    static SSLSocket secure(Demo demo, Socket socket) throws IOException {
        SSLSocket secure =
                (SSLSocket) trusting(demo).getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), true);
        secure.setSoTimeout(15_000);
        secure.startHandshake();
        return secure;
    }

    /** Trusts the demo's authority alone. */
    static SSLContext trusting(Demo demo) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            try (var file = Files.newInputStream(Path.of(demo.variable("CA_FILE")))) {
                store.setCertificateEntry(
                        "ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void startup(String target, String... parameters) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(body);
        data.writeInt(PROTOCOL_3_0);
        List<String> all = new ArrayList<>(List.of("user", "anybody", "database", target));
        all.addAll(List.of(parameters));
        for (String word : all) {
            data.write(cString(word));
        }
        data.write(0);
        ByteBuffer whole =
                ByteBuffer.allocate(4 + body.size()).putInt(4 + body.size()).put(body.toByteArray());
        write(whole.array());
    }

    private static byte[] cString(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] frame(char type, byte[]... parts) {
        int length = 4;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(1 + length).put((byte) type).putInt(length);
        for (byte[] part : parts) {
            buffer.put(part);
        }
        return buffer.array();
    }

    RawPostgres query(String sql) {
        expected++;
        return add(frame('Q', cString(sql)));
    }

    /** A Query of exactly these bytes. */
    RawPostgres rawQuery(byte[] sql) {
        expected++;
        return add(frame('Q', sql, new byte[1]));
    }

    RawPostgres parse(String name, String sql) {
        return rawParse(name, sql.getBytes(StandardCharsets.UTF_8));
    }

    /** A Parse of exactly these bytes. */
    RawPostgres rawParse(String name, byte[] sql) {
        return add(frame('P', cString(name), sql, new byte[3]));
    }

    /** A Bind without values that wants its results in binary. */
    RawPostgres bindForBinary(String portal, String statement) {
        byte[] formats = {0, 0, 0, 0, 0, 1, 0, 1};
        return add(frame('B', cString(portal), cString(statement), formats));
    }

    RawPostgres bind(String portal, String statement, String... values) {
        ByteArrayOutputStream parameters = new ByteArrayOutputStream();
        parameters.writeBytes(new byte[2]);
        parameters.writeBytes(
                ByteBuffer.allocate(2).putShort((short) values.length).array());
        for (String value : values) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            parameters.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
            parameters.writeBytes(bytes);
        }
        parameters.writeBytes(new byte[2]);
        return add(frame('B', cString(portal), cString(statement), parameters.toByteArray()));
    }

    RawPostgres describePortal(String name) {
        return add(frame('D', cString("P" + name)));
    }

    RawPostgres describeStatement(String name) {
        return add(frame('D', cString("S" + name)));
    }

    RawPostgres execute(String portal, int rows) {
        return add(
                frame('E', cString(portal), ByteBuffer.allocate(4).putInt(rows).array()));
    }

    RawPostgres sync() {
        expected++;
        return add(frame('S'));
    }

    RawPostgres flush() {
        return add(frame('H'));
    }

    RawPostgres function(int oid) {
        expected++;
        return add(frame('F', ByteBuffer.allocate(10).putInt(oid).array()));
    }

    RawPostgres copyData(String data) {
        return add(frame('d', data.getBytes(StandardCharsets.UTF_8)));
    }

    RawPostgres copyDone() {
        return add(frame('c'));
    }

    RawPostgres add(byte[] bytes) {
        pending.writeBytes(bytes);
        return this;
    }

    /** Sends what was added, in one write. */
    RawPostgres send() throws IOException {
        write(pending.toByteArray());
        pending.reset();
        return this;
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Sends what was added and reads one ReadyForQuery for each Query, Sync and FunctionCall. */
    List<Frame> exchange() throws IOException {
        send();
        List<Frame> frames = new ArrayList<>();
        while (expected > 0) {
            Frame frame = read();
            frames.add(frame);
            if (frame.type() == 'Z') {
                expected--;
            }
        }
        return frames;
    }

    /** As {@link #exchange()}, but a server that closes the connection ends it too. */
    List<Frame> exchangeOrClosed() throws IOException {
        List<Frame> frames = new ArrayList<>();
        try {
            send();
            while (expected > 0) {
                frames.add(read());
                if (frames.get(frames.size() - 1).type() == 'Z') {
                    expected--;
                }
            }
        } catch (java.io.EOFException | java.net.SocketException | javax.net.ssl.SSLException e) {
            expected = 0;
        }
        return frames;
    }

    /** What the server says before it closes the connection, within this time. */
    List<Frame> exchangeUntilClosed(Duration atMost) throws IOException {
        patience(atMost);
        expected = Integer.MAX_VALUE;
        return exchangeOrClosed();
    }

    Frame read() throws IOException {
        int type = in.readUnsignedByte();
        byte[] body = new byte[in.readInt() - 4];
        in.readFully(body);
        return new Frame((char) type, body);
    }

    /** Reads that many frames, leaving out asynchronous ones. */
    List<Frame> frames(int count) throws IOException {
        List<Frame> frames = new ArrayList<>();
        while (frames.size() < count) {
            Frame frame = read();
            if (frame.type() != 'S' && frame.type() != 'N' && frame.type() != 'A') {
                frames.add(frame);
            }
        }
        return frames;
    }

    /** Reads until nothing comes for a while. */
    List<Frame> quiet(int millis) throws IOException {
        List<Frame> frames = new ArrayList<>();
        socket.setSoTimeout(millis);
        try {
            while (true) {
                frames.add(read());
            }
        } catch (SocketTimeoutException e) {
            return frames;
        } catch (java.io.EOFException e) {
            return frames;
        } finally {
            socket.setSoTimeout(15_000);
        }
    }

    Frame until(char type) throws IOException {
        while (true) {
            Frame frame = read();
            if (frame.type() == type) {
                return frame;
            }
            if (frame.type() == 'E') {
                throw new IOException("refused: " + frame.fields());
            }
        }
    }

    /** Whether the server has closed the connection, waiting for it. */
    boolean closedByServer() throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (java.net.SocketException | javax.net.ssl.SSLException e) {
            return true;
        }
    }

    /** Cuts the connection without a goodbye. */
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** How long a read waits for the server. */
    void patience(Duration atMost) throws IOException {
        socket.setSoTimeout(Math.toIntExact(atMost.toMillis()));
    }

    /** Leaves as a process does that is killed: FIN, without a goodbye of any protocol. */
    void vanish() throws IOException {
        wire.close();
    }

    /** Leaves with RST. */
    void reset() throws IOException {
        wire.setSoLinger(true, 0);
        wire.close();
    }

    /** The types of frames in order, without asynchronous ones. */
    static String types(List<Frame> frames) {
        return frames.stream()
                .filter(frame -> frame.type() != 'S' && frame.type() != 'N' && frame.type() != 'A')
                .map(frame -> frame.type() == 'Z' ? "Z" + (char) frame.body()[0] : String.valueOf(frame.type()))
                .collect(Collectors.joining(" "));
    }

    static List<List<String>> rows(List<Frame> frames) {
        return frames.stream()
                .filter(frame -> frame.type() == 'D')
                .map(Frame::row)
                .toList();
    }

    static List<String> codes(List<Frame> frames) {
        return frames.stream()
                .filter(frame -> frame.type() == 'E')
                .map(Frame::code)
                .toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
