package io.sallyport.kubernetes.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages of a port-forward over a WebSocket with {@code v4.channel.k8s.io}: the ports stand in the request's query, and the
 * channels 2n and 2n+1 are data and error of the n-th. The server begins each channel with the port, in two bytes.
 */
public final class PortMessages implements WebSocketTap.Messages {

    private static final int PORT_BYTES = 2;

    private final Channels channels;
    private final List<Integer> ports;
    private final boolean fromServer;
    private final Map<Integer, Integer> seen = new HashMap<>();
    private int channel = -1;

    /** Messages of one direction. */
    public PortMessages(Channels channels, List<Integer> ports, boolean fromServer) {
        this.channels = channels;
        this.ports = List.copyOf(ports);
        this.fromServer = fromServer;
    }

    @Override
    public void part(byte[] bytes, int length) {
        int left = length;
        if (channel < 0) {
            channel = bytes[0] & 0xff;
            left--;
        }
        int before = seen.getOrDefault(channel, 0);
        if (fromServer && before < PORT_BYTES) {
            int taken = Math.min(left, PORT_BYTES - before);
            seen.put(channel, before + taken);
            left -= taken;
        }
        int index = channel / 2;
        if (left > 0 && index < ports.size() && channel % 2 == 0) {
            channels.portData(ports.get(index), left);
        }
    }

    @Override
    public void end() {
        channel = -1;
    }
}
