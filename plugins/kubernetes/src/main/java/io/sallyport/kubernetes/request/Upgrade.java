package io.sallyport.kubernetes.request;

import io.sallyport.kubernetes.http.Headers;
import io.sallyport.netty.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The protocol to which a request wants to change. */
public enum Upgrade {
    /** None. */
    NONE(""),
    /** WebSocket, RFC 6455. */
    WEBSOCKET("websocket"),
    /** SPDY/3.1, as kubectl before 1.31 and the kubelet speak it. */
    SPDY("SPDY/3.1");

    /** The WebSocket subprotocols whose frames are read here; others could carry what nobody reads. */
    private static final Set<String> KNOWN =
            Set.of("v5.channel.k8s.io", "v4.channel.k8s.io", "channel.k8s.io", "SPDY/3.1+portforward.k8s.io");

    private final String token;

    Upgrade(String token) {
        this.token = token;
    }

    /** What the Upgrade header says. */
    public String token() {
        return token;
    }

    /**
     * Reads it.
     *
     * @throws ProtocolException if the headers do not agree, or name another protocol
     */
    public static Upgrade of(Headers headers) {
        boolean wanted = headers.lists("connection", "upgrade");
        int named = headers.count("upgrade");
        if (!wanted && named == 0) {
            return NONE;
        }
        String protocol = headers.first("upgrade");
        if (!wanted || named != 1 || protocol == null) {
            throw new ProtocolException("an upgrade whose headers do not agree");
        }
        return switch (protocol.toLowerCase(Locale.ROOT)) {
            case "websocket" -> WEBSOCKET;
            case "spdy/3.1" -> SPDY;
            default -> throw new ProtocolException("an upgrade to a protocol other than websocket and SPDY/3.1");
        };
    }

    /**
     * The subprotocols to offer to the target: never the one that carries a bearer token, and of a stream's only those
     * that are read here.
     */
    public static List<String> subprotocols(Headers headers, boolean all) {
        List<String> offered = new ArrayList<>();
        for (String line : headers.all("sec-websocket-protocol")) {
            for (String item : line.split(",", -1)) {
                String name = item.strip();
                boolean bearer = name.startsWith("base64url.bearer.authorization.k8s.io");
                if (!name.isEmpty() && !bearer && (all || KNOWN.contains(name))) {
                    offered.add(name);
                }
            }
        }
        return offered;
    }
}
