package io.sallyport.kubernetes.relay;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Tunnel;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import io.sallyport.api.session.Session;
import io.sallyport.kubernetes.http.Headers;
import io.sallyport.kubernetes.masking.AnswerMasking;
import io.sallyport.kubernetes.naming.NamedRequest.Form;
import io.sallyport.kubernetes.naming.NamedRequest.ResourceName;
import io.sallyport.kubernetes.request.Fields;
import io.sallyport.kubernetes.request.Request;
import io.sallyport.kubernetes.stream.Channels;
import io.sallyport.kubernetes.stream.StreamMasks;
import io.sallyport.kubernetes.stream.Tap;
import io.sallyport.kubernetes.upstream.UpstreamConnection;
import io.sallyport.netty.ProtocolException;
import io.sallyport.netty.ReadGate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Relays an upgraded connection: bytes pass as they are, and the frames in them are read and recorded before.
 *
 * <ol>
 *   <li>A stream to a port is opened at the target only when the core allows a tunnel to that port.
 *   <li>How a command ended is in the journal before the client reads it.
 *   <li>Frames that cannot be read end the tunnel.
 * </ol>
 */
final class Tunnelling implements Channels {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_STATUS = 64 * 1024;
    private static final long IDLE_MILLISECONDS = 100;

    private final ClientSide client;
    private final UpstreamConnection connection;
    private final Request request;
    private final Settling settling;
    private final Session session;
    private final @Nullable Masking masking;
    private final Runnable finished;
    private final ByteArrayOutputStream status = new ByteArrayOutputStream();
    private final Map<Integer, Port> ports = new TreeMap<>();
    private final ArrayDeque<ByteBuf> toTarget = new ArrayDeque<>();
    private final ArrayDeque<ByteBuf> toClient = new ArrayDeque<>();
    private @Nullable Streams streams;
    private boolean reading;
    private int undecided;
    private boolean settlingNow;
    private boolean targetGone;
    private boolean over;
    private boolean masked;
    private boolean idleScheduled;
    private long lastRead;

    Tunnelling(
            ClientSide client,
            UpstreamConnection connection,
            Request request,
            Settling settling,
            Session session,
            @Nullable Masking masking,
            Runnable finished) {
        this.client = client;
        this.connection = connection;
        this.request = request;
        this.settling = settling;
        this.session = session;
        this.masking = masking;
        this.finished = finished;
    }

    void open(Headers answer) {
        try {
            StreamMasks masks = masks();
            masked = masks != null;
            streams = Streams.of(request, answer, this, masks);
        } catch (ProtocolException e) {
            fail(e.getMessage());
            return;
        }
        client.tunnel(Fields.ofTunnel(answer, request.upgrade()));
        client.flush();
    }

    private @Nullable StreamMasks masks() {
        Masking present = masking;
        Form form = request.named().form();
        boolean command = form == Form.EXEC || form == Form.ATTACH;
        return present == null || present.textMask() == null || !command
                ? null
                : new StreamMasks(
                        () -> AnswerMasking.ofText(present), request.named().flag("tty"));
    }

    /** Bytes of the client; the buffer is taken over. */
    void fromClient(ByteBuf bytes) {
        Streams taps = streams;
        if (over || taps == null) {
            bytes.release();
            return;
        }
        reading = true;
        if (read(taps.client(), bytes) == null) {
            return;
        }
        if (undecided > 0 || !toTarget.isEmpty()) {
            toTarget.add(bytes);
            client.wantRaw(undecided == 0);
        } else {
            connection.sendRaw(bytes);
        }
    }

    /** Bytes of the target; the buffer is taken over. */
    void fromTarget(ByteBuf bytes) {
        Streams taps = streams;
        if (over || taps == null) {
            bytes.release();
            return;
        }
        reading = false;
        ByteBuf passed = read(taps.target(), bytes);
        if (passed != null) {
            towardsClient(passed);
            if (masked) {
                scheduleIdle(taps.target());
            }
        }
    }

    /** A prompt has no end of line: what a mask holds back leaves when nothing follows. */
    private void scheduleIdle(Tap tap) {
        lastRead = System.nanoTime();
        if (!idleScheduled) {
            idleScheduled = true;
            client.loop().schedule(() -> idle(tap), IDLE_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
    }

    private void idle(Tap tap) {
        idleScheduled = false;
        if (over) {
            return;
        }
        if (System.nanoTime() - lastRead < TimeUnit.MILLISECONDS.toNanos(IDLE_MILLISECONDS)) {
            idleScheduled = true;
            client.loop().schedule(() -> idle(tap), IDLE_MILLISECONDS, TimeUnit.MILLISECONDS);
            return;
        }
        reading = false;
        ByteBuf held = tap.idle();
        if (held != null) {
            towardsClient(held);
            client.flush();
        }
    }

    private void towardsClient(ByteBuf bytes) {
        if (settlingNow) {
            toClient.add(bytes);
        } else {
            client.raw(bytes);
        }
    }

    private @Nullable ByteBuf read(Tap tap, ByteBuf bytes) {
        try {
            ByteBuf passed = tap.pass(bytes);
            if (!over) {
                return passed;
            }
            passed.release();
        } catch (RuntimeException e) {
            fail(e instanceof ProtocolException wrong ? wrong.getMessage() : "the stream cannot be recorded");
        }
        return null;
    }

    @Override
    public void data(int channel, byte[] bytes, int offset, int length) {
        if (reading) {
            if (channel == STDIN) {
                settling.record(Exchange.Stream.INPUT, bytes, offset, length);
            }
            return;
        }
        switch (channel) {
            case STDOUT -> settling.record(Exchange.Stream.OUTPUT, bytes, offset, length);
            case STDERR -> settling.record(Exchange.Stream.ERROR, bytes, offset, length);
            case ERROR -> status(bytes, offset, length);
            default -> {}
        }
    }

    private void status(byte[] bytes, int offset, int length) {
        if (status.size() + length > LONGEST_STATUS) {
            throw new ProtocolException("the end of a command that is too long");
        }
        status.write(bytes, offset, length);
        JsonNode node;
        try {
            node = JSON.readTree(status.toByteArray());
        } catch (JacksonException e) {
            return;
        } catch (IOException e) {
            throw new ProtocolException("the end of a command that cannot be read");
        }
        if (node == null || !node.isObject()) {
            return;
        }
        boolean success = node.path("status").asText().equals("Success");
        settle(success ? Outcome.Status.SUCCEEDED : Outcome.Status.FAILED, success ? "0" : exitCode(node), null);
    }

    private static String exitCode(JsonNode node) {
        for (JsonNode cause : node.path("details").path("causes")) {
            if (cause.path("reason").asText().equals("ExitCode")) {
                return cause.path("message").asText();
            }
        }
        return node.path("reason").asText("error");
    }

    private void settle(Outcome.Status how, String code, @Nullable String detail) {
        settlingNow = true;
        connection.gate().close(ReadGate.Reason.BACKLOG);
        settling.settle(how, code, -1, detail).whenComplete((written, failure) -> {
            settlingNow = false;
            if (failure != null) {
                fail("the gateway cannot record what became of this");
                return;
            }
            connection.gate().open(ReadGate.Reason.BACKLOG);
            ByteBuf bytes;
            while ((bytes = toClient.poll()) != null) {
                client.raw(bytes);
            }
            client.flush();
            if (targetGone) {
                targetClosed();
            }
        });
    }

    @Override
    public void port(int port) {
        if (ports.containsKey(port)) {
            return;
        }
        ResourceName pod = request.named().resource();
        String host = pod == null ? "" : pod.namespace() + "/" + pod.name();
        Port made = new Port(session.submit(new Tunnel(Analysis.exact(host + ":" + port, List.of()), host, port)));
        ports.put(port, made);
        undecided++;
        made.exchange.verdict().thenAccept(verdict -> decided(port, made, verdict));
    }

    private void decided(int port, Port made, Verdict.Final verdict) {
        undecided--;
        if (over) {
            return;
        }
        if (verdict instanceof Verdict.Deny deny) {
            made.done = true;
            fail("the tunnel to port " + port + " is refused: " + deny.reason() + " [" + deny.rule() + "]");
        } else if (hides(verdict) && !session.passUnmaskable()) {
            fail("the tunnel to port " + port + " is refused: what goes through it cannot be masked [unmaskable]");
        } else if (undecided == 0 && !toTarget.isEmpty()) {
            ByteBuf bytes;
            while ((bytes = toTarget.poll()) != null) {
                connection.sendRaw(bytes);
            }
            client.wantRaw(true);
        }
    }

    private static boolean hides(Verdict.Final verdict) {
        return verdict instanceof Verdict.Allow allow
                && allow.masking() != null
                && allow.masking().textMask() != null;
    }

    @Override
    public void portData(int port, int length) {
        Port known = ports.get(port);
        if (known != null) {
            if (reading) {
                known.sent += length;
            } else {
                known.received += length;
            }
        }
    }

    /** The target ended the tunnel. */
    void targetClosed() {
        targetGone = true;
        if (!over && !settlingNow) {
            ByteBuf last = streams == null ? null : streams.target().last();
            if (last != null) {
                client.raw(last);
            }
            boolean forwarding = request.named().form() == Form.PORT_FORWARD
                    || request.named().form() == Form.PROXY;
            end(forwarding ? Outcome.Status.SUCCEEDED : Outcome.Status.UNKNOWN, "the target ended the tunnel");
            client.closeTunnel();
        }
    }

    /** The client ended the tunnel, or the session is over. */
    void stop(String reason) {
        boolean forwarding =
                request.named().form() == Form.PORT_FORWARD || request.named().form() == Form.PROXY;
        end(forwarding ? Outcome.Status.SUCCEEDED : Outcome.Status.CANCELLED, reason);
    }

    private void fail(String reason) {
        if (!over) {
            end(Outcome.Status.CANCELLED, reason);
            client.abort();
        }
    }

    private void end(Outcome.Status how, String reason) {
        if (over) {
            return;
        }
        over = true;
        connection.close();
        release(toTarget);
        release(toClient);
        long bytes = 0;
        for (Port port : ports.values()) {
            bytes += port.sent + port.received;
            port.end(how);
        }
        settling.settle(how, "", ports.isEmpty() ? -1 : bytes, reason);
        Streams taps = streams;
        if (taps != null) {
            closeTap(taps);
        }
        finished.run();
    }

    private static void closeTap(Streams taps) {
        taps.client().close();
        taps.target().close();
    }

    private static void release(ArrayDeque<ByteBuf> queue) {
        ByteBuf bytes;
        while ((bytes = queue.poll()) != null) {
            bytes.release();
        }
    }

    /** A port, and what went through. */
    private static final class Port {

        private final Exchange exchange;
        private long sent;
        private long received;
        private boolean done;

        Port(Exchange exchange) {
            this.exchange = exchange;
        }

        void end(Outcome.Status how) {
            if (!done) {
                done = true;
                if (exchange.decided() instanceof Verdict.Allow) {
                    exchange.complete(new Outcome(
                            how, "", -1, sent + received, sent + " bytes to the port, " + received + " bytes from it"));
                } else {
                    exchange.cancel("the tunnel ended");
                }
            }
        }
    }
}
