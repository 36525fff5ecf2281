package io.sallyport.kubernetes.stream;

import io.sallyport.netty.ProtocolException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** What the streams of one SPDY connection are for; shared by both directions. Confined to one thread. */
public final class SpdyStreams {

    private static final int MOST = 16 * 1024;
    private static final int NO_PORT = -1;

    private final Channels channels;
    private final Map<Integer, Purpose> streams = new HashMap<>();

    /** Without a stream yet. */
    public SpdyStreams(Channels channels) {
        this.channels = channels;
    }

    void open(int stream, String type, String port) {
        if (streams.size() >= MOST) {
            throw new ProtocolException("too many streams on one connection");
        }
        String kind = type.toLowerCase(Locale.ROOT);
        if (!port.isEmpty()) {
            int number = number(port);
            channels.port(number);
            streams.put(stream, new Purpose(kind.equals("data") ? Channels.STDOUT : Channels.ERROR, number));
            return;
        }
        int channel =
                switch (kind) {
                    case "stdin" -> Channels.STDIN;
                    case "stdout" -> Channels.STDOUT;
                    case "stderr" -> Channels.STDERR;
                    case "error" -> Channels.ERROR;
                    case "resize" -> Channels.RESIZE;
                    default -> throw new ProtocolException("a stream whose purpose is not known");
                };
        streams.put(stream, new Purpose(channel, NO_PORT));
    }

    private static int number(String port) {
        int number = 0;
        for (int i = 0; i < port.length(); i++) {
            char c = port.charAt(i);
            if (c < '0' || c > '9' || number > 65_535) {
                throw new ProtocolException("a port that is no port");
            }
            number = number * 10 + (c - '0');
        }
        if (number < 1 || number > 65_535) {
            throw new ProtocolException("a port that is no port");
        }
        return number;
    }

    void data(int stream, byte[] bytes) {
        Purpose purpose = streams.get(stream);
        if (purpose == null) {
            throw new ProtocolException("data of a stream that was not opened");
        }
        if (purpose.port == NO_PORT) {
            channels.data(purpose.channel, bytes, 0, bytes.length);
        } else if (purpose.channel == Channels.STDOUT) {
            channels.portData(purpose.port, bytes.length);
        }
    }

    /** The channel of a command's stream, -1 for another. */
    int channel(int stream) {
        Purpose purpose = streams.get(stream);
        return purpose == null || purpose.port != NO_PORT ? -1 : purpose.channel;
    }

    /** Calls back for each stream of a command with its channel. */
    void each(BiConsumer<Integer, Integer> each) {
        streams.forEach((stream, purpose) -> {
            if (purpose.port == NO_PORT) {
                each.accept(stream, purpose.channel);
            }
        });
    }

    private record Purpose(int channel, int port) {}
}
