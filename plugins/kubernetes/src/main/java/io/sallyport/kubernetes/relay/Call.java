package io.sallyport.kubernetes.relay;

import io.netty.buffer.ByteBuf;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Exchange.Held;
import io.sallyport.kubernetes.http.Headers;
import io.sallyport.kubernetes.http.RequestLine;
import io.sallyport.kubernetes.naming.MalformedRequestException;
import io.sallyport.kubernetes.naming.NamedRequest;
import io.sallyport.kubernetes.naming.RequestNaming;
import io.sallyport.kubernetes.request.Actions;
import io.sallyport.kubernetes.request.Body;
import io.sallyport.kubernetes.request.Fields;
import io.sallyport.kubernetes.request.Request;
import io.sallyport.kubernetes.request.Route;
import io.sallyport.kubernetes.request.Upgrade;
import io.sallyport.kubernetes.session.ClusterSession;
import io.sallyport.kubernetes.session.ClusterSessions;
import io.sallyport.kubernetes.session.RefusedException;
import io.sallyport.kubernetes.session.RefusedUpgrades.Refusal;
import io.sallyport.kubernetes.session.Services;
import io.sallyport.netty.ProtocolException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client.
 *
 * <pre>
 *   start ► session ► body ► judged ─allowed─► forwarded ► answered
 *     │         │        │       ├─denied──► 403
 *     └─ 401 404 400 403 413 ◄───┘└─held───► 429, or waits in place
 * </pre>
 *
 * <ol>
 *   <li>Nothing of the request reaches the target before every action of it is allowed.
 *   <li>The client sees one answer, or an end that cannot be taken for one.
 *   <li>Confined to the connection's event loop.
 * </ol>
 */
public final class Call implements ClusterSession.Running, Judging.Result {

    private static final String BEARER = "Bearer ";
    private static final int COME_AGAIN_SECONDS = 5;

    private final ClientSide client;
    private final ClusterSessions sessions;
    private final RequestLine line;
    private final Headers headers;
    private final boolean headOnly;
    private final Body body = new Body();
    private Route route = new Route("", "/", "");
    private Upgrade upgrade = Upgrade.NONE;
    private @Nullable ClusterSession session;
    private @Nullable NamedRequest named;
    private @Nullable Judging judging;
    private @Nullable Forwarding forwarding;
    private boolean requested;
    private boolean reopened;
    private boolean over;

    /** A request whose head has come. */
    public Call(ClientSide client, ClusterSessions sessions, RequestLine line, Headers headers) {
        this.client = client;
        this.sessions = sessions;
        this.line = line;
        this.headers = headers;
        this.headOnly = line.method().equals("HEAD");
    }

    /** Finds the session. */
    public void start() {
        client.wantBody(false);
        Route found = Route.of(line.target(), services().defaultTarget());
        if (found == null) {
            refuse(Status.of(404, "the path names no target: the server's URL is https://GATEWAY/clusters/TARGET"));
            return;
        }
        route = found;
        try {
            upgrade = Upgrade.of(headers);
        } catch (ProtocolException e) {
            refuse(Status.of(400, e.getMessage()));
            return;
        }
        String token = token();
        if (token == null) {
            refuse(Status.of(401, "a bearer token is required"));
            return;
        }
        find(token);
    }

    private @Nullable String token() {
        String field = headers.first("authorization");
        if (field == null
                || headers.count("authorization") != 1
                || !field.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        String token = field.substring(BEARER.length()).strip();
        return token.isEmpty() ? null : token;
    }

    private void find(String token) {
        ClusterSession known = sessions.known(token, route.cluster());
        if (known != null) {
            admitted(known);
            return;
        }
        String agent = headers.first("user-agent");
        Map<String, String> details = agent == null ? Map.of() : Map.of("user_agent", agent);
        sessions.open(token, route.cluster(), details).whenComplete((opened, failure) -> {
            if (over) {
                return;
            }
            if (opened != null) {
                admitted(opened);
            } else if (failure instanceof RefusedException refused) {
                refuse(new Status(refused.status(), "sallyport: " + refused.getMessage(), 0));
            } else {
                refuse(Status.of(503, "the gateway cannot admit now"));
            }
        });
    }

    private void admitted(ClusterSession found) {
        session = found;
        found.began(this);
        if (Fields.impersonates(headers)) {
            note("a request with impersonation headers");
            refuse(Status.of(
                    403,
                    "nobody is impersonated through the gateway: take away --as, and the headers"
                            + " Impersonate-* and X-Remote-*"));
            return;
        }
        try {
            named = RequestNaming.of(line.method(), route.path());
        } catch (MalformedRequestException e) {
            note("a request with more than one reading: " + e.getMessage());
            refuse(Status.of(400, e.getMessage()));
            return;
        }
        String wrong = wrong(named);
        if (wrong != null) {
            refuse(Status.of(400, wrong));
            return;
        }
        // A body that has come already is read within wantBody, and its end asks for the verdict itself.
        boolean whole = requested;
        if (!whole) {
            client.proceed();
        }
        client.wantBody(true);
        if (whole) {
            judge();
        }
    }

    private @Nullable String wrong(NamedRequest request) {
        if (headers.count("content-type") > 1) {
            return "more than one type of the body";
        }
        String encoding = headers.first("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return "a compressed body cannot be judged; send it as it is";
        }
        if (upgrade == Upgrade.NONE) {
            return null;
        }
        if (!Streams.upgradable(request.form()) || !client.canTunnel()) {
            return "this request is no upgrade";
        }
        boolean none = upgrade == Upgrade.WEBSOCKET
                && headers.count("sec-websocket-protocol") > 0
                && Upgrade.subprotocols(headers, request.form() == NamedRequest.Form.PROXY)
                        .isEmpty();
        return none ? "no WebSocket subprotocol that the gateway can read is offered" : null;
    }

    private void note(String what) {
        if (session != null) {
            session.session().note(what);
        }
    }

    /** Bytes of the body, in a buffer that is only lent. */
    public void body(ByteBuf buffer, int start, int end) {
        if (over) {
            return;
        }
        if (upgrade != Upgrade.NONE) {
            refuse(Status.of(400, "an upgrade has no body"));
            return;
        }
        long limit = services().context().limits().maxStatement();
        if (!body.add(buffer, start, end, limit)) {
            note("a body of more than " + limit + " bytes");
            refuse(Status.of(413, "a body of more than " + limit + " bytes cannot be judged"));
        }
    }

    private Services services() {
        return sessions.services();
    }

    /** The request is whole. */
    public void requested() {
        requested = true;
        if (session != null && !over) {
            judge();
        }
    }

    private void judge() {
        NamedRequest request = named;
        ClusterSession mine = session;
        if (request == null || mine == null) {
            throw new IllegalStateException("judged before it was named");
        }
        byte[] whole = body.whole();
        if (whole.length > 0) {
            try {
                request = RequestNaming.withBody(request, headers.first("content-type"), whole);
            } catch (MalformedRequestException e) {
                note("a body with more than one reading: " + e.getMessage());
                refuse(Status.of(400, e.getMessage()));
                return;
            }
            named = request;
        }
        if (upgrade == Upgrade.SPDY && refusedBefore(mine)) {
            return;
        }
        Actions actions = new Actions(request, line.method(), route.path(), whole, upgrade);
        boolean inPlace = upgrade != Upgrade.NONE;
        judging = new Judging(
                mine,
                client.loop(),
                actions.list(),
                inPlace ? null : () -> actions.key(headers.first("content-type")),
                services().patience(),
                this);
        judging.start();
    }

    /** Whether the same intent was refused by way of a WebSocket a moment ago. */
    private boolean refusedBefore(ClusterSession mine) {
        Refusal before = services().refused().take(mine, route.path());
        if (before == null) {
            return false;
        }
        note("tried again by SPDY: action " + before.number() + " of session " + before.session()
                + ", refused a moment ago");
        refuse(Status.denied(before.deny(), before.session(), before.number()));
        return true;
    }

    @Override
    public void denied(Exchange exchange, Verdict.Deny deny) {
        ClusterSession mine = session;
        if (!over && mine != null) {
            if (upgrade == Upgrade.WEBSOCKET) {
                services().refused().remember(mine, route.path(), deny, exchange.number());
            }
            refuse(Status.denied(deny, mine.session().id(), exchange.number()));
        }
    }

    @Override
    public void waits(Exchange exchange, Held held) {
        ClusterSession mine = session;
        if (!over && mine != null) {
            refuse(new Status(
                    429,
                    "sallyport: " + held.reason() + ": approval " + held.approval() + " is waited for at " + held.url()
                            + "; ask again (session " + mine.session().id() + ", action " + exchange.number() + ")",
                    COME_AGAIN_SECONDS));
        }
    }

    @Override
    public void allowed(List<Exchange> exchanges, @Nullable Masking masking) {
        NamedRequest request = named;
        ClusterSession mine = session;
        if (over || request == null || mine == null) {
            exchanges.forEach(exchange -> exchange.cancel("the client left"));
            return;
        }
        Request whole = new Request(line.method(), route, headers, request, body.whole(), upgrade);
        Forwarding made = new Forwarding(client, mine, whole, exchanges, masking, this::finished, this::again);
        forwarding = made;
        made.start();
    }

    /** The target refused the gateway's credential: a fresh one is fetched with a fresh session, once. */
    private boolean again() {
        ClusterSession old = session;
        String token = token();
        if (reopened || old == null || token == null) {
            return false;
        }
        reopened = true;
        forwarding = null;
        judging = null;
        session = null;
        old.retire();
        old.ended(this);
        find(token);
        return true;
    }

    private void finished() {
        end();
    }

    private void refuse(Status status) {
        if (!over) {
            end();
            status.answer(client, headOnly);
        }
    }

    private void end() {
        over = true;
        if (session != null) {
            session.ended(this);
        }
    }

    /** The client takes more bytes, or should not be given more for now. */
    public void writable(boolean writable) {
        if (forwarding != null) {
            forwarding.clientWritable(writable);
        }
    }

    /** Bytes of the tunnel; the buffer is taken over. */
    public void raw(ByteBuf bytes) {
        if (forwarding == null) {
            bytes.release();
        } else {
            forwarding.fromClient(bytes);
        }
    }

    /** The client left. */
    public void gone() {
        if (!over) {
            stop("the client left");
            end();
        }
    }

    private void stop(String reason) {
        if (judging != null) {
            judging.cancel(reason);
        }
        if (forwarding != null) {
            forwarding.stop(reason);
        }
    }

    @Override
    public void sessionEnds(String reason) {
        if (!over) {
            boolean begun = forwarding != null && forwarding.begun();
            stop(reason);
            if (begun) {
                end();
                client.abort();
            } else {
                refuse(Status.of(403, reason));
            }
        }
    }
}
