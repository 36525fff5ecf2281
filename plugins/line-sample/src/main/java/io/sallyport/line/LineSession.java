package io.sallyport.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.Channel;
import io.sallyport.api.action.ApiRequest;
import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Evidence;
import io.sallyport.api.session.Admission;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.Sessions;
import io.sallyport.netty.front.Front;
import io.sallyport.netty.front.FrontSession;
import io.sallyport.netty.front.LineLeg;
import io.sallyport.netty.front.Masked;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client, its session and its connection to the target, confined to one event loop.
 *
 * <pre>
 *   GREETING ──TOKEN──► OPENING ──the target's OK──► READY, one request at a time ──► OVER
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class LineSession implements FrontSession, Sessions.Listener {

    private static final Map<String, Integer> ANSWERS = Map.of("VALUE", 2, "NONE", 1, "OK", 1, "ERROR", 2);
    private static final int LONGEST = 64 * 1024;

    private final Front front;
    private final LineLeg client;
    private final Future<?> patience;
    private State state = State.GREETING;
    private @Nullable Session session;
    private @Nullable LineLeg target;
    private @Nullable Exchange asked;
    private @Nullable Consumer<byte[]> expected;
    private boolean draining;

    LineSession(Front front, Channel channel) {
        this.front = front;
        int longest = (int) Math.min(LONGEST, front.context().limits().maxStatement());
        long limit = front.context().limits().heldInput();
        client = LineLeg.add(channel, longest, limit, this::lines, why -> over("client-closed", why));
        patience = front.loginTimeout(channel, () -> over("login-timeout", "the login took too long"));
    }

    private enum State {
        GREETING,
        OPENING,
        READY,
        OVER
    }

    private void lines() {
        if (state == State.READY && asked != null && expected == null && client.isOverfull()) {
            asked.cancel("too much was sent behind a request that waits");
        } else if (state == State.READY) {
            next();
        } else if (state == State.GREETING) {
            login(new String(client.poll(), UTF_8).split(" ", -1));
        } else {
            over("protocol-violation", "nothing is asked before the login has been answered");
        }
    }

    private void login(String[] words) {
        if (words.length != 3 || !words[0].equals("TOKEN")) {
            over("protocol-violation", "the first line is TOKEN TARGET TOKEN");
            return;
        }
        state = State.OPENING;
        Evidence evidence = new Evidence.Token(Secret.of(words[2]));
        InetSocketAddress from = (InetSocketAddress) client.channel().remoteAddress();
        Admission admission = new Admission(evidence, words[1], null, null, from, Map.of());
        then(front.context().sessions().open(admission, front.executor(client.channel()), this), opening -> {
            if (opening instanceof Sessions.Opening.Opened opened) {
                connect(opened.session());
            } else if (opening instanceof Sessions.Opening.Refused refused) {
                over("refused", refused.reason());
            }
        });
    }

    private void connect(Session opened) {
        if (state == State.OVER) {
            opened.close(new Session.Closing("client-closed", "the client left during login"));
            return;
        }
        session = opened;
        boolean tls = LineConfig.OVER_TLS.equals(opened.target().address().getScheme());
        then(front.connect(opened.target().hosts(), tls, client.channel().eventLoop()), channel -> {
            LineLeg leg = LineLeg.add(channel, LONGEST, LONGEST, this::answered, why -> over("target-closed", why));
            target = leg;
            Secret secret = opened.credential().part(Credential.Part.PASSWORD);
            if (state == State.OVER || secret == null) {
                leg.close();
                over("target-refused", "the target needs a credential with a password");
                return;
            }
            expected = line -> loggedIn(opened, line);
            opened.own("TOKEN and the target's credential");
            leg.send("TOKEN " + secret.reveal());
        });
    }

    private void loggedIn(Session opened, byte[] line) {
        if (!new String(line, UTF_8).equals("OK")) {
            over("target-refused", "the target does not accept the gateway's credential");
            return;
        }
        patience.cancel(false);
        state = State.READY;
        client.send("OK session " + opened.id());
    }

    private void next() {
        byte[] line;
        while (session != null && asked == null && !draining && client.isWritable() && (line = client.poll()) != null) {
            submit(session, line);
        }
        if (draining && asked == null) {
            over("shutdown", "the gateway shuts down");
        }
    }

    private void submit(Session open, byte[] line) {
        ApiRequest action;
        try {
            action = LineRequest.read(new String(line, UTF_8));
        } catch (IllegalArgumentException e) {
            open.note("a line that is no request");
            client.send("DENIED sallyport: " + e.getMessage());
            return;
        }
        Exchange exchange = open.submit(action);
        asked = exchange;
        exchange.onHold(hold -> {
            client.channel().eventLoop().execute(this::lines);
            client.send("NOTE sallyport: " + hold.reason() + "; approval " + hold.approval() + " at " + hold.url());
        });
        then(exchange.verdict(), verdict -> {
            if (verdict instanceof Verdict.Deny deny) {
                String where = "(session " + open.id() + ", action " + exchange.number() + ")";
                served(("DENIED sallyport: " + deny.reason() + " [" + deny.rule() + "] " + where).getBytes(UTF_8));
            } else if (verdict instanceof Verdict.Allow allow && state == State.READY && target != null) {
                expected = answer -> answer(exchange, action.path(), allow.masking(), answer);
                target.send(line);
            }
        });
    }

    private void answered() {
        byte[] line = target == null ? null : target.poll();
        Consumer<byte[]> reader = expected;
        if (line != null && reader != null) {
            expected = null;
            reader.accept(line);
        } else if (line != null) {
            over("protocol-violation", "the target spoke out of turn");
        }
    }

    private void answer(Exchange exchange, String key, @Nullable Masking masking, byte[] line) {
        String[] words = new String(line, UTF_8).split(" ", 2);
        boolean error = words[0].equals("ERROR");
        if (words.length != ANSWERS.getOrDefault(words[0], 0)) {
            over("protocol-violation", "the target's answer cannot be read");
            return;
        }
        byte[] shown = line;
        if (masking != null && error && masking.masksFields()) {
            shown = "ERROR the target's text may quote what is masked".getBytes(UTF_8);
        } else if (masking != null && words.length == 2) {
            Field field = new Field(key, LineRequest.key(key), Field.Type.TEXT);
            shown = Masked.of(line, words[0].length() + 1, error ? masking.textMask() : masking.maskFor(field));
        }
        byte[] visible = shown;
        exchange.record(Exchange.Stream.OUTPUT, visible, 0, visible.length);
        Outcome.Status status = error ? Outcome.Status.FAILED : Outcome.Status.SUCCEEDED;
        then(exchange.complete(new Outcome(status, words[0], -1, visible.length, null)), done -> served(visible));
    }

    private void served(byte[] answer) {
        client.send(answer);
        asked = null;
        client.channel().eventLoop().execute(this::next);
    }

    @Override
    public void end(Sessions.Ending ending) {
        over("ended", ending.reason());
    }

    @Override
    public void drain(boolean now) {
        draining = true;
        if (now || asked == null || asked.decided() == null) {
            over("shutdown", "the gateway shuts down");
        }
    }

    @Override
    public void failed(Throwable cause) {
        over("failed", "the gateway failed: " + cause.getClass().getSimpleName());
    }

    private void over(String cause, String why) {
        if (state == State.OVER) {
            return;
        }
        state = State.OVER;
        patience.cancel(false);
        if (session != null) {
            if (asked != null && expected != null) {
                asked.complete(new Outcome(Outcome.Status.UNKNOWN, cause, -1, 0, why));
            }
            session.close(new Session.Closing(cause, why));
        }
        if (target != null) {
            target.close();
        }
        client.end("BYE sallyport: " + why);
    }
}
