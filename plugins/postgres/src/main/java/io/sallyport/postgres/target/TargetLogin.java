package io.sallyport.postgres.target;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.session.Session;
import io.sallyport.netty.Connecting.Connected;
import io.sallyport.netty.FrameReader;
import io.sallyport.netty.Leg;
import io.sallyport.netty.ProtocolException;
import io.sallyport.postgres.PostgresTarget;
import io.sallyport.postgres.PostgresTarget.ApplicationNaming;
import io.sallyport.postgres.wire.Backend;
import io.sallyport.postgres.wire.FrontendMessages;
import io.sallyport.postgres.wire.Report;
import io.sallyport.postgres.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Logs in at a target with the session's credential: SCRAM-SHA-256 (bound to the TLS connection where it can be), MD5, or a password in clear where TLS protects it.
 *
 * <pre>
 *   startup ──► R(SASL) ► R(continue) ► R(final) ──► R(ok) ► S… K? ──► Z
 *           ──► R(MD5) or R(cleartext, TLS only) ──►
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class TargetLogin implements FrameReader.Frames, Leg.Events {

    private static final int LONGEST = 64 * 1024;

    private final TargetConnector targets;
    private final Session session;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, String> reported = new LinkedHashMap<>();
    private final CompletableFuture<TargetSession> result = new CompletableFuture<>();
    private @Nullable Connected connected;
    private @Nullable Leg leg;
    private @Nullable Scram scram;
    private boolean proved;
    private boolean authenticated;
    private int process;
    private byte @Nullable [] cancelKey;

    TargetLogin(TargetConnector targets, Session session, Map<String, String> passedOn) {
        this.targets = targets;
        this.session = session;
        parameters.put("user", account());
        String database = session.target().database();
        if (database != null) {
            parameters.put("database", database);
        }
        boolean named = ((PostgresTarget) session.target().options()).applicationName() == ApplicationNaming.SESSION;
        parameters.putAll(named ? ApplicationName.in(passedOn, session) : passedOn);
    }

    private String account() {
        String account = session.credential().account();
        return account == null ? session.target().account() : account;
    }

    /** Completes on the loop, or fails with {@link RefusedStartup} in words that a client may read. */
    CompletionStage<TargetSession> start(EventLoop loop) {
        targets.connect(session.target(), loop).whenComplete((connection, failure) -> {
            if (connection == null) {
                result.completeExceptionally(failure == null ? new IllegalStateException() : failure);
            } else {
                startOn(connection);
            }
        });
        return result;
    }

    private void startOn(Connected connection) {
        connected = connection;
        Channel channel = connection.channel();
        Leg made = new Leg(new FrameReader(channel.alloc(), this), this);
        leg = made;
        channel.pipeline().addLast(made);
        channel.writeAndFlush(FrontendMessages.startup(channel.alloc(), parameters));
    }

    @Override
    public boolean whole(int type, int size) {
        if (size > LONGEST) {
            throw new ProtocolException("a message too long before authentication is over");
        }
        return true;
    }

    @Override
    public void frame(int type, ByteBuf buffer, int start, int end) {
        int body = start + Wire.HEADER;
        switch (type) {
            case Backend.AUTHENTICATION -> authenticate(buffer, body, end);
            case Backend.PARAMETER_STATUS -> {
                needAuthenticated();
                int nameEnd = Wire.stringEnd(buffer, body, end);
                int valueEnd = Wire.stringEnd(buffer, nameEnd + 1, end);
                reported.put(
                        Wire.text(buffer, body, nameEnd, StandardCharsets.UTF_8),
                        Wire.text(buffer, nameEnd + 1, valueEnd, StandardCharsets.UTF_8));
            }
            case Backend.BACKEND_KEY_DATA -> {
                needAuthenticated();
                process = Wire.number(buffer, body, end);
                cancelKey = Wire.bytes(buffer, body + 4, end);
            }
            case Backend.READY -> {
                needAuthenticated();
                ready();
            }
            case Backend.ERROR -> refused(Report.read(buffer, start, end));
            case Backend.NOTICE -> {}
            default -> throw new ProtocolException("an unexpected message before the target is ready");
        }
    }

    private void needAuthenticated() {
        if (!authenticated) {
            throw new ProtocolException("an unexpected message before authentication is over");
        }
    }

    private void authenticate(ByteBuf buffer, int body, int end) {
        if (authenticated) {
            throw new ProtocolException("a second authentication");
        }
        int kind = Wire.number(buffer, body, end);
        int data = body + 4;
        switch (kind) {
            case 0 -> {
                if (scram != null && !proved) {
                    throw new ProtocolException("the target did not prove that it knows the password");
                }
                authenticated = true;
            }
            case 3 -> cleartext();
            case 5 -> {
                Wire.need(data, 4, end);
                md5(Wire.bytes(buffer, data, data + 4));
            }
            case 10 -> sasl(buffer, data, end);
            case 11 -> saslContinue(Wire.bytes(buffer, data, end));
            case 12 -> {
                Scram exchange = scram;
                proved = exchange != null && exchange.proves(Wire.bytes(buffer, data, end));
                if (!proved) {
                    throw new ProtocolException("the target did not prove that it knows the password");
                }
            }
            default -> fail("28000", "the target asks for a kind of authentication that is not supported");
        }
    }

    private void cleartext() {
        if (channel().pipeline().get(SslHandler.class) == null) {
            fail("28000", "the target asks for the password in clear without TLS");
            return;
        }
        byte[] password = password();
        send(FrontendMessages.password(password));
        Arrays.fill(password, (byte) 0);
    }

    private void md5(byte[] salt) {
        byte[] password = password();
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(password);
            byte[] inner = HexFormat.of()
                    .formatHex(md5.digest(account().getBytes(StandardCharsets.UTF_8)))
                    .getBytes(StandardCharsets.US_ASCII);
            md5.update(inner);
            String outer = "md5" + HexFormat.of().formatHex(md5.digest(salt));
            send(FrontendMessages.password(outer.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            fail("28000", "MD5 is not available in this JDK");
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private void sasl(ByteBuf buffer, int from, int end) {
        boolean offered = false;
        boolean bound = false;
        int at = from;
        while (at < end && buffer.getByte(at) != 0) {
            int zero = Wire.stringEnd(buffer, at, end);
            String mechanism = Wire.text(buffer, at, zero, StandardCharsets.US_ASCII);
            offered |= mechanism.equals(Scram.MECHANISM);
            bound |= mechanism.equals(Scram.BOUND_MECHANISM);
            at = zero + 1;
        }
        ChannelBinding binding = ChannelBinding.of(channel(), bound);
        if ((!offered && !binding.isBound()) || scram != null) {
            fail("28000", "the target does not offer SCRAM-SHA-256");
            return;
        }
        Scram exchange = new Scram(binding);
        scram = exchange;
        send(FrontendMessages.saslInitial(exchange.mechanism(), exchange.first()));
    }

    private void saslContinue(byte[] message) {
        Scram exchange = scram;
        if (exchange == null) {
            throw new ProtocolException("an answer to a question that was not asked");
        }
        Scram.Challenge challenge = exchange.challenge(message);
        targets.derivedKeys().keys(password(), challenge, channel().eventLoop()).whenComplete((keys, failure) -> {
            if (keys == null) {
                fail("53000", "too many logins at once");
            } else {
                send(FrontendMessages.sasl(exchange.last(keys)));
            }
        });
    }

    private byte[] password() {
        Secret password = session.credential().part(Credential.Part.PASSWORD);
        if (password == null) {
            throw new ProtocolException("the target asks for a password and its credential has none");
        }
        return password.copy();
    }

    private void send(ByteBuf message) {
        channel().writeAndFlush(message);
    }

    private Channel channel() {
        Connected connection = connected;
        if (connection == null) {
            throw new IllegalStateException("not connected");
        }
        return connection.channel();
    }

    private void ready() {
        Leg ready = leg;
        Connected connection = connected;
        if (ready == null || connection == null) {
            throw new IllegalStateException("not connected");
        }
        ready.reader().pause();
        result.complete(new TargetSession(connection, ready, reported, process, cancelKey));
    }

    private void refused(Report report) {
        String message = report.text('M');
        session.note("the target refused the login: " + report.code() + " " + message);
        fail(TargetErrors.forClient(report.code(), message == null ? "" : message, account()));
    }

    private void fail(String code, String reason) {
        fail(new RefusedStartup(code, reason));
    }

    private void fail(RefusedStartup refusal) {
        result.completeExceptionally(refusal);
        if (connected != null) {
            channel().close();
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
        // Every answer has been flushed.
    }

    @Override
    public void writable(boolean writable) {
        // Answers are small.
    }

    @Override
    public void failed(RuntimeException cause) {
        fail("08P01", cause instanceof ProtocolException wrong ? wrong.getMessage() : "the login at the target failed");
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        fail("08006", "the target closed the connection");
    }
}
