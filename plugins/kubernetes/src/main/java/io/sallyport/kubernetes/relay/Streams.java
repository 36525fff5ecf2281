package io.sallyport.kubernetes.relay;

import io.netty.buffer.ByteBuf;
import io.sallyport.kubernetes.http.Headers;
import io.sallyport.kubernetes.naming.NamedRequest;
import io.sallyport.kubernetes.naming.NamedRequest.Form;
import io.sallyport.kubernetes.request.Request;
import io.sallyport.kubernetes.request.Upgrade;
import io.sallyport.kubernetes.stream.ChannelMessages;
import io.sallyport.kubernetes.stream.Channels;
import io.sallyport.kubernetes.stream.MaskedSpdy;
import io.sallyport.kubernetes.stream.MaskedWebSocket;
import io.sallyport.kubernetes.stream.NestedMessages;
import io.sallyport.kubernetes.stream.PortMessages;
import io.sallyport.kubernetes.stream.SpdyStreams;
import io.sallyport.kubernetes.stream.SpdyTap;
import io.sallyport.kubernetes.stream.StreamMasks;
import io.sallyport.kubernetes.stream.Tap;
import io.sallyport.kubernetes.stream.WebSocketTap;
import io.sallyport.netty.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The taps of one tunnel.
 *
 * @param client what reads the client's side
 * @param target what reads the target's side
 */
record Streams(Tap client, Tap target) {

    private static final String NESTED = "SPDY/3.1+portforward.k8s.io";

    /** Whether a request of this form may become a tunnel. */
    static boolean upgradable(Form form) {
        return form == Form.EXEC || form == Form.ATTACH || form == Form.PORT_FORWARD || form == Form.PROXY;
    }

    /**
     * The taps that fit.
     *
     * @param answer the target's answer of 101
     * @param masks what a command writes is masked by; null for nothing
     * @throws ProtocolException if the target chose what was not offered
     */
    static Streams of(Request request, Headers answer, Channels channels, @Nullable StreamMasks masks) {
        NamedRequest named = request.named();
        if (named.form() == Form.PROXY) {
            return new Streams(new Unread(), new Unread());
        }
        if (request.upgrade() == Upgrade.SPDY) {
            SpdyStreams streams = new SpdyStreams(channels);
            Tap target = masks == null ? new SpdyTap(streams, false) : new MaskedSpdy(streams, masks);
            return new Streams(new SpdyTap(streams, true), target);
        }
        String chosen = answer.first("sec-websocket-protocol");
        List<String> offered = Upgrade.subprotocols(request.headers(), false);
        if (chosen != null && !offered.contains(chosen)) {
            throw new ProtocolException("the target chose a subprotocol that was not offered");
        }
        if (NESTED.equals(chosen)) {
            SpdyStreams streams = new SpdyStreams(channels);
            return new Streams(
                    new WebSocketTap(true, new NestedMessages(new SpdyTap(streams, true))),
                    new WebSocketTap(false, new NestedMessages(new SpdyTap(streams, false))));
        }
        if (named.form() == Form.PORT_FORWARD) {
            List<Integer> ports = ports(named);
            ports.forEach(channels::port);
            return new Streams(
                    new WebSocketTap(true, new PortMessages(channels, ports, false)),
                    new WebSocketTap(false, new PortMessages(channels, ports, true)));
        }
        return new Streams(
                new WebSocketTap(true, new ChannelMessages(channels)),
                masks == null
                        ? new WebSocketTap(false, new ChannelMessages(channels))
                        : new MaskedWebSocket(channels, masks));
    }

    /** The ports of the query; each value may list several. */
    static List<Integer> ports(NamedRequest named) {
        List<Integer> ports = new ArrayList<>();
        for (String value : named.parameters("ports")) {
            for (String item : value.split(",", -1)) {
                try {
                    ports.add(Integer.parseInt(item.strip()));
                } catch (NumberFormatException e) {
                    throw new ProtocolException("a port that is no number");
                }
            }
        }
        return ports;
    }

    /** What a pod, a service or a node speaks is not known: only its bytes pass. */
    private static final class Unread implements Tap {

        @Override
        public void feed(ByteBuf bytes) {
            // Nothing is read.
        }
    }
}
