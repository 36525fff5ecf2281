package io.sallyport.postgres.startup;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import io.sallyport.api.config.Secret;
import io.sallyport.api.principal.Evidence;
import io.sallyport.api.session.Admission;
import io.sallyport.api.session.JournalUnavailableException;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.Sessions;
import io.sallyport.netty.FrameReader;
import io.sallyport.netty.LastWords;
import io.sallyport.netty.Leg;
import io.sallyport.netty.ProtocolException;
import io.sallyport.netty.ReadGate;
import io.sallyport.postgres.target.RefusedStartup;
import io.sallyport.postgres.target.TargetSession;
import io.sallyport.postgres.wire.BackendMessages;
import io.sallyport.postgres.wire.Frontend;
import io.sallyport.postgres.wire.FrontendMessages;
import io.sallyport.postgres.wire.Wire;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the startup message to a session that is logged in on both sides.
 *
 * <pre>
 *   PASSWORD ──► OPENING (core) ──► CONNECTING (target) ──► handed to the relay room
 *       └──────────────┴───────────────────┴──────────────► one FATAL error, closed
 * </pre>
 *
 * <p>One password message is taken, once; what the client sends behind it waits until the session is open.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class Login implements FrameReader.Frames, Leg.Events, Sessions.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Login.class);
    private static final int LONGEST_PASSWORD = 64 * 1024;

    private final Services services;
    private final Relays relays;
    private final Channel client;
    private final Future<?> timeout;
    private final Leg leg;
    private final ReadGate gate;
    private @Nullable StartupRequest request;
    private Map<String, String> details = Map.of();
    private @Nullable Session session;
    private @Nullable TargetSession target;
    private Sessions.@Nullable Listener relay;
    private int cancelKeyLength;
    private boolean passwordSeen;
    private boolean over;

    Login(Services services, Relays relays, Channel client, Future<?> timeout) {
        this.services = services;
        this.relays = relays;
        this.client = client;
        this.timeout = timeout;
        this.leg = new Leg(new FrameReader(client.alloc(), this), this);
        this.gate = new ReadGate(client);
    }

    void start(ChannelHandlerContext greeting, StartupMessage message, ByteBuf rest) {
        greeting.pipeline().addLast(leg);
        greeting.pipeline().remove(greeting.handler());
        try {
            request = StartupRequest.of(message.parameters());
        } catch (RefusedStartup e) {
            LOG.info("login from {} refused: {}", client.remoteAddress(), e.getMessage());
            rest.release();
            refuse(e.code(), "sallyport: " + e.getMessage());
            return;
        }
        details = recorded(message.parameters());
        int minor = Math.min(message.minor(), FrontendMessages.NEWEST_MINOR);
        cancelKeyLength = minor < FrontendMessages.NEWEST_MINOR ? CancelKeys.SHORT : CancelKeys.LONG;
        if (message.minor() > minor || !message.extensions().isEmpty()) {
            client.write(BackendMessages.negotiate(minor, message.extensions()));
        }
        client.writeAndFlush(BackendMessages.authenticationCleartext());
        try {
            leg.reader().feed(rest);
        } catch (ProtocolException e) {
            failed(e);
        }
    }

    private static Map<String, String> recorded(Map<String, String> parameters) {
        Map<String, String> details = new TreeMap<>();
        for (String name : new String[] {"user", "application_name", "options", "client_encoding"}) {
            String value = parameters.get(name);
            if (value != null) {
                details.put(name, value);
            }
        }
        return details;
    }

    @Override
    public boolean whole(int type, int size) {
        if (type != Frontend.PASSWORD || passwordSeen) {
            throw new ProtocolException("a message before authentication is over");
        }
        if (size > LONGEST_PASSWORD) {
            throw new ProtocolException("a password too long");
        }
        return true;
    }

    @Override
    public void frame(int type, ByteBuf buffer, int start, int end) {
        passwordSeen = true;
        leg.reader().pause();
        int from = start + Wire.HEADER;
        byte[] password = Wire.bytes(buffer, from, Wire.stringEnd(buffer, from, end));
        buffer.setZero(from, end - from);
        Secret token = Secret.of(password);
        Arrays.fill(password, (byte) 0);
        open(token);
    }

    private void open(Secret token) {
        StartupRequest wanted = request;
        if (wanted == null) {
            throw new IllegalStateException("no startup message");
        }
        Admission admission = new Admission(
                new Evidence.Token(token),
                wanted.target(),
                null,
                wanted.database(),
                (InetSocketAddress) client.remoteAddress(),
                details);
        services.context()
                .sessions()
                .open(admission, services.loops().executor(client.eventLoop()), this)
                .whenComplete((opening, failure) -> {
                    if (opening instanceof Sessions.Opening.Opened opened) {
                        opened(opened.session(), wanted);
                    } else if (opening instanceof Sessions.Opening.Refused refused) {
                        refuse(code(refused.cause()), "sallyport: " + refused.reason());
                    } else {
                        LOG.warn("a session could not be opened", failure);
                        refuse("57P03", "sallyport: the gateway cannot admit anybody at the moment");
                    }
                });
    }

    private static String code(Sessions.Cause cause) {
        return switch (cause) {
            case UNAUTHENTICATED -> "28P01";
            case FORBIDDEN -> "28000";
            case TOO_MANY -> "53300";
            case UNAVAILABLE -> "57P03";
        };
    }

    private void opened(Session opened, StartupRequest wanted) {
        if (over) {
            opened.close(new Session.Closing("client-closed", "the client left during login"));
            return;
        }
        session = opened;
        client.writeAndFlush(BackendMessages.authenticationOk());
        relays.judge(opened, wanted.settings()).whenComplete((judged, failure) -> {
            if (judged == null) {
                notConnected(opened, failure);
            } else if (!over) {
                connect(opened, wanted, judged);
            }
        });
    }

    private void connect(Session opened, StartupRequest wanted, Relays.Judged judged) {
        services.targets()
                .login(
                        opened,
                        judged.denied() == null ? wanted.passedOn() : wanted.passedOnWithoutSettings(),
                        client.eventLoop())
                .whenComplete((connected, failure) -> {
                    if (connected == null) {
                        judged.refused(failure instanceof RefusedStartup refused ? refused.code() : "08006");
                        notConnected(opened, failure);
                    } else {
                        connected(opened, connected, wanted, judged);
                    }
                });
    }

    private void notConnected(Session opened, @Nullable Throwable failure) {
        if (failure instanceof RefusedStartup refused) {
            String text = "sallyport: target " + opened.target().name() + ": " + refused.getMessage() + " (session "
                    + opened.id() + ")";
            end("target-refused", refused.code() + " " + refused.getMessage());
            refuse(refused.code(), refused.verbatim() ? refused.getMessage() : text);
        } else {
            LOG.warn("the login at the target failed", failure);
            end("target-refused", "the login at the target failed");
            refuse("08006", "sallyport: the login at the target failed (session " + opened.id() + ")");
        }
    }

    private void connected(Session opened, TargetSession connected, StartupRequest wanted, Relays.Judged judged) {
        target = connected;
        if (over) {
            judged.refused("08006");
            connected.channel().close();
            return;
        }
        relay = relays.start(new Relays.LoggedIn(
                opened, client, leg, gate, connected, wanted.charset(), judged, cancelKeyLength, timeout));
    }

    @Override
    public void end(Sessions.Ending ending) {
        if (relay != null) {
            relay.end(ending);
            return;
        }
        end(ending.cause().name().toLowerCase(Locale.ROOT), ending.reason());
        refuse("57P01", "sallyport: " + ending.reason());
    }

    private void end(String cause, String detail) {
        Session open = session;
        if (open != null) {
            open.close(new Session.Closing(cause, detail));
        }
    }

    private void refuse(String code, String text) {
        if (over) {
            return;
        }
        over = true;
        timeout.cancel(false);
        leg.reader().close();
        LastWords.say(client, gate, BackendMessages.error("FATAL", code, text, StandardCharsets.UTF_8));
        if (target != null) {
            target.channel().close();
        }
    }

    @Override
    public void part(int type, ByteBuf buffer, int start, int end, boolean last) {
        throw new IllegalStateException("all frames are read whole");
    }

    @Override
    public void endOfBuffer() {
        // Nothing is kept.
    }

    @Override
    public void burst() {
        if (leg.reader().backlog() > services.context().limits().heldInput()) {
            gate.close(ReadGate.Reason.BACKLOG);
        }
    }

    @Override
    public void writable(boolean writable) {
        // Answers are small.
    }

    @Override
    public void failed(RuntimeException cause) {
        if (cause instanceof JournalUnavailableException) {
            refuse("57P03", "sallyport: the journal cannot write");
        } else if (cause instanceof ProtocolException) {
            LOG.info("protocol violation during login from {}: {}", client.remoteAddress(), cause.getMessage());
            refuse("08P01", "sallyport: " + cause.getMessage());
        } else {
            LOG.error("a login failed", cause);
            refuse("XX000", "sallyport: internal error");
        }
        end("protocol-violation", "during login");
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        over = true;
        timeout.cancel(false);
        leg.reader().close();
        end("client-closed", "the client left during login");
        if (target != null) {
            target.channel().close();
        }
    }
}
