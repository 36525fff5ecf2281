package io.sallyport.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that sends exactly the frames that a test says, and shows what comes back. */
final class RawClient implements AutoCloseable {

    final Socket socket;
    private final DataInputStream in;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    int process;
    byte[] key = {};

    RawClient(InetSocketAddress address) throws IOException {
        this(new Socket(address.getAddress(), address.getPort()));
    }

    RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
    }

    /** Connects and logs in. */
    static RawClient loggedIn(InetSocketAddress address, String database, String... parameters) throws IOException {
        RawClient client = new RawClient(address);
        client.login(database, FakeSessions.TOKEN, parameters);
        return client;
    }

    void login(String database, String token, String... parameters) throws IOException {
        login(196608, database, token, parameters);
    }

    void login(int version, String database, String token, String... parameters) throws IOException {
        startup(version, database, parameters);
        send();
        Message asked = read();
        if (asked.type != 'R') {
            throw new IOException("login refused: " + asked);
        }
        password(token);
        send();
        Message message;
        do {
            message = read();
            if (message.type == 'K') {
                process = message.number(0);
                key = Arrays.copyOfRange(message.body, 4, message.body.length);
            }
            if (message.type == 'E' || message.type == '#') {
                throw new IOException("login refused: " + message + " " + message.field('M'));
            }
        } while (message.type != 'Z');
    }

    RawClient startup(int version, String database, String... parameters) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeInt(version);
        string(out, "user");
        string(out, "whoever");
        string(out, "database");
        string(out, database);
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            string(out, parameter.substring(0, equals));
            string(out, parameter.substring(equals + 1));
        }
        out.writeByte(0);
        DataOutputStream all = new DataOutputStream(pending);
        all.writeInt(body.size() + 4);
        all.write(body.toByteArray());
        return this;
    }

    RawClient password(String token) throws IOException {
        return message('p', out -> string(out, token));
    }

    RawClient query(String sql) throws IOException {
        return message('Q', out -> string(out, sql));
    }

    /** A Query of exactly these bytes. */
    RawClient rawQuery(byte[] sql) throws IOException {
        return message('Q', out -> {
            out.write(sql);
            out.writeByte(0);
        });
    }

    /** A Parse of exactly these bytes. */
    RawClient rawParse(String name, byte[] sql) throws IOException {
        return message('P', out -> {
            string(out, name);
            out.write(sql);
            out.writeByte(0);
            out.writeShort(0);
        });
    }

    RawClient parse(String name, String sql) throws IOException {
        return message('P', out -> {
            string(out, name);
            string(out, sql);
            out.writeShort(0);
        });
    }

    RawClient bind(String portal, String statement, String... values) throws IOException {
        return bind(portal, statement, false, values);
    }

    RawClient bind(String portal, String statement, boolean binary, String... values) throws IOException {
        return message('B', out -> {
            string(out, portal);
            string(out, statement);
            out.writeShort(0);
            out.writeShort(values.length);
            for (String value : values) {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            if (binary) {
                out.writeShort(1);
                out.writeShort(1);
            } else {
                out.writeShort(0);
            }
        });
    }

    RawClient describe(char what, String name) throws IOException {
        return message('D', out -> {
            out.writeByte(what);
            string(out, name);
        });
    }

    RawClient close(char what, String name) throws IOException {
        return message('C', out -> {
            out.writeByte(what);
            string(out, name);
        });
    }

    RawClient execute(String portal, int rows) throws IOException {
        return message('E', out -> {
            string(out, portal);
            out.writeInt(rows);
        });
    }

    RawClient functionCall(int oid, String... arguments) throws IOException {
        return message('F', out -> {
            out.writeInt(oid);
            out.writeShort(0);
            out.writeShort(arguments.length);
            for (String argument : arguments) {
                byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            out.writeShort(0);
        });
    }

    RawClient copyData(String data) throws IOException {
        return message('d', out -> out.write(data.getBytes(StandardCharsets.ISO_8859_1)));
    }

    RawClient bare(char type) throws IOException {
        return message(type, out -> {});
    }

    RawClient sync() throws IOException {
        return bare('S');
    }

    RawClient raw(int... bytes) {
        for (int b : bytes) {
            pending.write(b);
        }
        return this;
    }

    private RawClient message(char type, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        DataOutputStream out = new DataOutputStream(pending);
        out.writeByte(type);
        out.writeInt(bytes.size() + 4);
        out.write(bytes.toByteArray());
        return this;
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.writeByte(0);
    }

    /** Sends everything in one write. */
    RawClient send() throws IOException {
        socket.getOutputStream().write(pending.toByteArray());
        pending.reset();
        return this;
    }

    Message read() throws IOException {
        int type;
        try {
            type = in.readUnsignedByte();
        } catch (EOFException e) {
            return new Message('#', new byte[0]);
        }
        byte[] body = new byte[in.readInt() - 4];
        in.readFully(body);
        return new Message((char) type, body);
    }

    /** The next message, or null if none comes within the time. */
    @Nullable
    Message read(int milliseconds) throws IOException {
        socket.setSoTimeout(milliseconds);
        try {
            return read();
        } catch (SocketTimeoutException e) {
            return null;
        } finally {
            socket.setSoTimeout(10_000);
        }
    }

    /** Sends, and reads to the n-th ReadyForQuery, which is included; or to the end. */
    List<Message> exchange(int readies) throws IOException {
        send();
        List<Message> messages = new ArrayList<>();
        int left = readies;
        while (left > 0) {
            Message message = read();
            messages.add(message);
            if (message.type == 'Z') {
                left--;
            }
            if (message.type == '#') {
                break;
            }
        }
        return messages;
    }

    /** As {@link #exchange}, each message in short form, separated by spaces. */
    String talk(int readies) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Message message : exchange(readies)) {
            text.append(text.length() == 0 ? "" : " ").append(message);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Writes the body of a message. */
    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    /** A message of the server; {@code #} is the end of the stream. */
    record Message(char type, byte[] body) {

        int number(int at) {
            return ((body[at] & 0xff) << 24)
                    | ((body[at + 1] & 0xff) << 16)
                    | ((body[at + 2] & 0xff) << 8)
                    | (body[at + 3] & 0xff);
        }

        /** A field of an error or notice. */
        String field(char name) {
            for (String part : new String(body, StandardCharsets.UTF_8).split("\0", -1)) {
                if (!part.isEmpty() && part.charAt(0) == name) {
                    return part.substring(1);
                }
            }
            return "";
        }

        List<@Nullable String> columns() {
            List<@Nullable String> columns = new ArrayList<>();
            int at = 2;
            while (at < body.length) {
                int length = number(at);
                at += 4;
                columns.add(length < 0 ? null : new String(body, at, length, StandardCharsets.UTF_8));
                at += Math.max(0, length);
            }
            return columns;
        }

        @Override
        public String toString() {
            return switch (type) {
                case 'E', 'N' -> type + "(" + field('C') + ")";
                case 'Z' -> "Z(" + (char) body[0] + ")";
                case 'C' -> "C(" + new String(body, 0, body.length - 1, StandardCharsets.UTF_8) + ")";
                case 'D' -> "D" + columns();
                case 'd' -> "d(" + new String(body, StandardCharsets.ISO_8859_1).trim() + ")";
                default -> String.valueOf(type);
            };
        }
    }
}
