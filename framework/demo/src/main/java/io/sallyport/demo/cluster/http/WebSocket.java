package io.sallyport.demo.cluster.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server's side of a WebSocket (RFC 6455) whose messages are short. One thread reads; any may write. */
public final class WebSocket {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int LONGEST = 16 << 20;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final DataInputStream in;
    private final OutputStream out;
    private final String protocol;
    private boolean closed;

    private WebSocket(DataInputStream in, OutputStream out, String protocol) {
        this.in = in;
        this.out = out;
        this.protocol = protocol;
    }

    /**
     * Accepts an upgrade.
     *
     * @param protocols those that the server speaks, the best first
     * @return null if the request asks for another upgrade or for none of the protocols
     */
    public static @Nullable WebSocket accept(Request request, Exchange exchange, List<String> protocols)
            throws IOException {
        List<String> offered = Arrays.stream(
                        request.header("sec-websocket-protocol").split(",", -1))
                .map(String::strip)
                .toList();
        String protocol =
                protocols.stream().filter(offered::contains).findFirst().orElse("");
        if (!request.header("upgrade").equalsIgnoreCase("websocket") || protocol.isEmpty()) {
            return null;
        }
        exchange.upgrade(Map.of(
                "Upgrade",
                "websocket",
                "Connection",
                "Upgrade",
                "Sec-WebSocket-Accept",
                accept(request.header("sec-websocket-key")),
                "Sec-WebSocket-Protocol",
                protocol));
        return new WebSocket(new DataInputStream(exchange.in()), exchange.out(), protocol);
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 is part of every Java platform", e);
        }
    }

    /** The protocol that both speak. */
    public String protocol() {
        return protocol;
    }

    /** The next message, null once the client has closed. */
    public byte @Nullable [] read() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            int first;
            try {
                first = in.readUnsignedByte();
            } catch (EOFException e) {
                return null;
            }
            byte[] payload = payload();
            int operation = first & 0xf;
            if (operation == CLOSE) {
                close();
                return null;
            } else if (operation == PING) {
                frame(PONG, payload, payload.length);
            } else if (operation != PONG) {
                message.writeBytes(payload);
                if ((first & 0x80) != 0) {
                    return message.toByteArray();
                }
            }
        }
    }

    private byte[] payload() throws IOException {
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if (length < 0 || length > LONGEST || (second & 0x80) == 0) {
            throw new IOException("a frame that no client sends");
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes((int) length);
        if (payload.length < length) {
            throw new EOFException();
        }
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return payload;
    }

    /** Sends a binary message: a channel's number and its bytes. */
    public void write(int channel, byte[] bytes, int offset, int length) throws IOException {
        byte[] message = new byte[length + 1];
        message[0] = (byte) channel;
        System.arraycopy(bytes, offset, message, 1, length);
        frame(2, message, message.length);
    }

    /** Says that the server has nothing more to say. */
    public synchronized void close() throws IOException {
        if (!closed) {
            frame(CLOSE, new byte[] {3, (byte) 0xE8}, 2);
            closed = true;
        }
    }

    private synchronized void frame(int operation, byte[] payload, int length) throws IOException {
        if (closed) {
            return;
        }
        out.write(0x80 | operation);
        if (length < 126) {
            out.write(length);
        } else if (length < 1 << 16) {
            out.write(126);
            out.write(length >> 8);
            out.write(length);
        } else {
            out.write(127);
            out.write(ByteBuffer.allocate(8).putLong(length).array());
        }
        out.write(payload, 0, length);
        out.flush();
    }
}
