package io.sallyport.kubernetes.request;

import io.sallyport.kubernetes.http.Headers;
import java.util.List;
import java.util.Set;

/** The header fields that pass, in either direction. */
public final class Fields {

    /** Everything else that a client sends stays here. */
    private static final Set<String> TO_TARGET = Set.of(
            "accept-language",
            "content-type",
            "user-agent",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "kubectl-command",
            "kubectl-session");

    /** Those of a connection, and those that speak of the gateway's credential. */
    private static final Set<String> NOT_TO_CLIENT = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "transfer-encoding",
            "content-length",
            "te",
            "trailer",
            "upgrade",
            "www-authenticate",
            "authorization",
            "alt-svc",
            "strict-transport-security",
            "set-cookie");

    private Fields() {}

    /** The fields of a client that go to the target, besides those of content negotiation and of an upgrade. */
    public static Headers toTarget(Headers client) {
        Headers passed = new Headers();
        for (int i = 0; i < client.size(); i++) {
            if (TO_TARGET.contains(client.name(i))) {
                passed.add(client.name(i), client.value(i));
            }
        }
        return passed;
    }

    /** The fields of an upgrade. */
    public static void addUpgrade(Headers passed, Headers client, Upgrade upgrade, List<String> subprotocols) {
        passed.add("connection", "Upgrade").add("upgrade", upgrade.token());
        if (upgrade == Upgrade.WEBSOCKET) {
            client.all("sec-websocket-key").forEach(key -> passed.add("sec-websocket-key", key));
            client.all("sec-websocket-version").forEach(version -> passed.add("sec-websocket-version", version));
            client.all("origin").forEach(origin -> passed.add("origin", origin));
            if (!subprotocols.isEmpty()) {
                passed.add("sec-websocket-protocol", String.join(", ", subprotocols));
            }
        } else {
            client.all("x-stream-protocol-version").forEach(name -> passed.add("x-stream-protocol-version", name));
        }
    }

    /**
     * The fields of a target's answer that go to the client.
     *
     * @param prefix what stands before every path that the client sees
     */
    public static Headers toClient(Headers target, String prefix) {
        Headers passed = new Headers();
        for (int i = 0; i < target.size(); i++) {
            String name = target.name(i);
            if (!NOT_TO_CLIENT.contains(name)) {
                boolean moved = name.equals("location") && target.value(i).startsWith("/");
                passed.add(name, moved ? prefix + target.value(i) : target.value(i));
            }
        }
        return passed;
    }

    /** The fields of an answer of 101 that go to the client. */
    public static Headers ofTunnel(Headers target, Upgrade upgrade) {
        Headers passed = new Headers().add("connection", "Upgrade").add("upgrade", upgrade.token());
        for (String name : List.of("sec-websocket-accept", "sec-websocket-protocol", "x-stream-protocol-version")) {
            target.all(name).forEach(value -> passed.add(name, value));
        }
        return passed;
    }

    /**
     * Whether a client tries to speak as somebody else: whatever the spelling, since some servers read an underscore as a
     * hyphen.
     */
    public static boolean impersonates(Headers client) {
        for (int i = 0; i < client.size(); i++) {
            String name = client.name(i).replace('_', '-');
            if (name.startsWith("impersonate-") || name.startsWith("x-remote-")) {
                return true;
            }
        }
        return false;
    }
}
