package io.sallyport.kubernetes.relay;

import io.netty.buffer.ByteBuf;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import io.sallyport.kubernetes.http.HeadWriter;
import io.sallyport.kubernetes.http.Headers;
import io.sallyport.kubernetes.masking.AnswerMasking;
import io.sallyport.kubernetes.naming.NamedRequest.Form;
import io.sallyport.kubernetes.request.Fields;
import io.sallyport.kubernetes.request.Request;
import io.sallyport.kubernetes.request.Upgrade;
import io.sallyport.kubernetes.session.ClusterSession;
import io.sallyport.kubernetes.upstream.UpstreamConnection;
import io.sallyport.netty.ReadGate;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends an allowed request to the API server and hands its answer to an {@link AnswerRelay} or a {@link Tunnelling}.
 *
 * <ol>
 *   <li>Path and body are sent as they were judged; the head is the gateway's own, of fields that pass and of the
 *       identity's.
 *   <li>A request is sent twice only if it reads and its connection was found dead, or if the target did not accept the
 *       gateway's credential.
 * </ol>
 */
final class Forwarding implements UpstreamConnection.Answers {

    private final ClientSide client;
    private final ClusterSession session;
    private final Request request;
    private final Settling settling;
    private final @Nullable Masking masking;
    private final Runnable finished;
    private final BooleanSupplier again;
    private @Nullable String accept;
    private @Nullable UpstreamConnection connection;
    private @Nullable AnswerRelay relay;
    private @Nullable Tunnelling tunnel;
    private boolean pooled;
    private boolean resent;
    private boolean renewed;
    private boolean over;

    /**
     * Nothing is sent yet.
     *
     * @param masking what the verdict wants masked; null for nothing
     * @param finished told when the answer is over
     * @param again asks for the whole request to be judged and sent again with a fresh credential; false if it was already
     */
    Forwarding(
            ClientSide client,
            ClusterSession session,
            Request request,
            List<Exchange> exchanges,
            @Nullable Masking masking,
            Runnable finished,
            BooleanSupplier again) {
        this.client = client;
        this.session = session;
        this.request = request;
        this.settling = new Settling(exchanges);
        boolean applies = masking != null && AnswerMasking.applies(request.named(), masking);
        this.masking = applies ? masking : null;
        this.finished = finished;
        this.again = again;
    }

    void start() {
        Masking present = masking;
        String wanted = String.join(", ", request.headers().all("accept"));
        accept = wanted.isEmpty() ? null : wanted;
        if (present == null || maskable(present)) {
            identify();
        }
    }

    /** Whether what is asked can be masked and holds no mask; if not, the client has been told. */
    private boolean maskable(Masking present) {
        String selected = AnswerMasking.selected(request.named(), present);
        if (selected != null) {
            withdraw(403, "a masked field cannot be selected by: " + selected);
            return false;
        }
        if (request.body().length > 0) {
            String where = AnswerMasking.writtenBack(
                    request.named(), present, request.headers().first("content-type"), request.body());
            if (where != null) {
                withdraw(
                        403,
                        "a masked value would be written back: " + where
                                + "; take it out, or change only what you mean to with a patch");
                return false;
            }
        }
        if (unreadable(present)) {
            withdraw(403, "what comes over an upgraded connection to a pod, service or node cannot be masked");
            return false;
        }
        accept = AnswerMasking.accept(request.named(), present, accept);
        if (accept == null) {
            withdraw(406, "no form of answer that can be masked is accepted; accept application/json");
            return false;
        }
        return true;
    }

    /** Frames of a protocol that is not known here: where text is masked they do not pass. */
    private boolean unreadable(Masking present) {
        return request.upgrade() != Upgrade.NONE
                && request.named().form() == Form.PROXY
                && present.textMask() != null
                && !session.session().passUnmaskable();
    }

    private void identify() {
        Headers fields = session.identity().fields();
        if (fields != null) {
            connect(fields);
            return;
        }
        CompletionStage<Headers> fresh = session.identity().renew();
        fresh.whenComplete((renewedFields, failure) -> {
            if (renewedFields != null) {
                connect(renewedFields);
            } else {
                unreachable(failure);
            }
        });
    }

    private void connect(Headers identity) {
        if (over) {
            return;
        }
        UpstreamConnection idle = request.upgrade() == Upgrade.NONE && !resent
                ? session.upstream().pooled()
                : null;
        pooled = idle != null;
        if (idle != null) {
            send(idle, identity);
            return;
        }
        session.upstream().connect().whenComplete((made, failure) -> {
            if (made == null) {
                unreachable(failure);
            } else if (over) {
                made.close();
            } else {
                send(made, identity);
            }
        });
    }

    private void send(UpstreamConnection to, Headers identity) {
        connection = to;
        byte[] body = request.body();
        ByteBuf out = client.alloc().buffer(1024 + body.length);
        try {
            HeadWriter.request(out, request.method(), request.route().path());
            HeadWriter.field(out, "host", session.upstream().host());
            HeadWriter.fields(out, Fields.toTarget(request.headers()));
            negotiate(out);
            if (body.length > 0 || request.headers().count("content-length") > 0) {
                HeadWriter.field(out, "content-length", Integer.toString(body.length));
            }
            HeadWriter.fields(out, identity);
            HeadWriter.end(out);
            out.writeBytes(body);
        } catch (IllegalArgumentException e) {
            out.release();
            to.close();
            withdraw(400, e.getMessage() == null ? "a header that cannot be sent" : e.getMessage());
            return;
        }
        to.send(out, request.headOnly(), request.upgrade() != Upgrade.NONE, this);
    }

    private void negotiate(ByteBuf out) {
        if (accept != null) {
            HeadWriter.field(out, "accept", accept);
        }
        String encoding = request.headers().first("accept-encoding");
        boolean read = masking != null || settling.records();
        if (read || encoding != null) {
            HeadWriter.field(out, "accept-encoding", read || encoding == null ? "identity" : encoding);
        }
        if (request.upgrade() != Upgrade.NONE) {
            Headers fields = new Headers();
            boolean all = request.named().form() == Form.PROXY;
            Fields.addUpgrade(
                    fields, request.headers(), request.upgrade(), Upgrade.subprotocols(request.headers(), all));
            HeadWriter.fields(out, fields);
        }
    }

    /** Whether the client has seen something of the answer. */
    boolean begun() {
        return tunnel != null || (relay != null && relay.begun());
    }

    @Override
    public void head(int status, Headers headers) {
        UpstreamConnection from = connection;
        if (from == null) {
            return;
        }
        if (status == 101) {
            Tunnelling made = new Tunnelling(client, from, request, settling, session.session(), masking, this::finish);
            tunnel = made;
            made.open(headers);
        } else if (status == 401) {
            refusedCredential(from);
        } else {
            AnswerRelay made = new AnswerRelay(client, request, settling, from, this::finish);
            relay = made;
            made.head(status, headers, masking, session.session().passUnmaskable());
        }
    }

    private void refusedCredential(UpstreamConnection from) {
        from.close();
        connection = null;
        if (session.identity().renewable() && !renewed) {
            renewed = true;
            session.identity().renew().whenComplete((fields, failure) -> {
                if (fields != null) {
                    connect(fields);
                } else {
                    unreachable(failure);
                }
            });
            return;
        }
        over = true;
        settling.settle(Outcome.Status.FAILED, "401", 0, "the target does not accept the gateway's credential");
        if (!again.getAsBoolean()) {
            finished.run();
            Status.of(
                            502,
                            "the target " + request.route().cluster()
                                    + " does not accept the gateway's credential; tell the gateway's operator")
                    .answer(client, request.headOnly());
        }
    }

    @Override
    public void body(ByteBuf buffer, int start, int end) {
        if (relay != null) {
            relay.body(buffer, start, end);
        }
    }

    @Override
    public void end() {
        connection = null;
        if (relay != null) {
            relay.end();
        }
    }

    @Override
    public void raw(ByteBuf bytes) {
        if (tunnel == null) {
            bytes.release();
        } else {
            tunnel.fromTarget(bytes);
        }
    }

    @Override
    public void burst() {
        if (relay != null || tunnel != null) {
            client.flush();
        }
    }

    @Override
    public void writable(boolean writable) {
        if (tunnel != null) {
            client.wantRaw(writable);
        }
    }

    /** Bytes of the client's side of the tunnel; the buffer is taken over. */
    void fromClient(ByteBuf bytes) {
        if (tunnel == null) {
            bytes.release();
        } else {
            tunnel.fromClient(bytes);
        }
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        connection = null;
        if (over) {
            return;
        }
        if (tunnel != null) {
            tunnel.targetClosed();
        } else if (relay != null) {
            relay.cut();
        } else if (pooled && !resent && !request.named().changes()) {
            resent = true;
            identify();
        } else {
            over = true;
            settling.settle(Outcome.Status.UNKNOWN, "", 0, "the target closed the connection without an answer");
            finished.run();
            Status.of(502, "the target closed the connection without an answer").answer(client, request.headOnly());
        }
    }

    private void unreachable(@Nullable Throwable failure) {
        String why = failure instanceof IOException && failure.getMessage() != null
                ? failure.getMessage()
                : "the target cannot be reached";
        withdraw(502, why);
    }

    private void withdraw(int code, String reason) {
        if (!over) {
            over = true;
            settling.withdraw(reason);
            finished.run();
            Status.of(code, reason).answer(client, request.headOnly());
        }
    }

    private void finish() {
        if (!over) {
            over = true;
            finished.run();
        }
    }

    void clientWritable(boolean writable) {
        UpstreamConnection from = connection;
        if (from != null) {
            if (writable) {
                from.gate().open(ReadGate.Reason.PEER_SLOW);
            } else {
                from.gate().close(ReadGate.Reason.PEER_SLOW);
            }
        }
    }

    /** The client left, or the session ends. */
    void stop(String reason) {
        if (over) {
            return;
        }
        over = true;
        if (relay != null) {
            relay.drop();
        }
        UpstreamConnection from = connection;
        connection = null;
        if (tunnel != null) {
            tunnel.stop(reason);
        } else if (from == null) {
            settling.withdraw(reason);
        } else {
            settling.settle(Outcome.Status.CANCELLED, "", -1, reason);
            from.close();
        }
    }
}
