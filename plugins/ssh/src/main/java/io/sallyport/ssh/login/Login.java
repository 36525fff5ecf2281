package io.sallyport.ssh.login;

import io.sallyport.api.config.Secret;
import io.sallyport.api.principal.Evidence;
import io.sallyport.api.session.Admission;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.Sessions;
import io.sallyport.ssh.transport.ServerEnd;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * The login of one client, see RFC 4252 and RFC 4256.
 *
 * <pre>
 *   asked ──► judged ──► in
 *     ▲  │        │
 *     │  ▼        ▼
 *   prompted   failed (at most {@value #MOST_FAILURES} times)
 * </pre>
 *
 * <ol>
 *   <li>A client is who its evidence proves: a key that was only offered counts for nothing.
 *   <li>While evidence is judged, any other message ends the connection.
 * </ol>
 */
public final class Login extends AbstractCloseable implements Service {

    private static final int MOST_FAILURES = 6;
    private static final int MOST_MESSAGES = 64;
    private static final int SHORTEST_CUT = 1000;
    private static final int LONGEST_TYPED = 1023;
    private static final int LONGEST_TOKEN = 32 * 1024;

    /** Programs that answer in a person's place, such as sshpass, wait for the end of this. */
    private static final String PROMPT = "Token as password: ";

    private static final String METHODS = "publickey,password,keyboard-interactive";

    private final ServerSession client;
    private final Entrance entrance;
    private final Map<String, Object> properties = new ConcurrentHashMap<>();
    private @Nullable String user;
    private byte[] parts = new byte[0];
    private boolean prompted;
    private boolean judging;
    private int failures;
    private int messages;

    /** A login that has not begun. */
    public Login(ServerSession client, Entrance entrance) {
        this.client = client;
        this.entrance = entrance;
    }

    @Override
    public void start() {
        // The client speaks first.
    }

    @Override
    public ServerSession getSession() {
        return client;
    }

    @Override
    public Map<String, Object> getProperties() {
        return properties;
    }

    @Override
    public void process(int number, Buffer buffer) throws Exception {
        if (judging || ++messages > MOST_MESSAGES) {
            throw new IOException("login messages out of turn");
        }
        if (number == SshConstants.SSH_MSG_USERAUTH_REQUEST) {
            prompted = false;
            forget();
            request(buffer);
        } else if (number == SshConstants.SSH_MSG_USERAUTH_INFO_RESPONSE && prompted) {
            prompted = false;
            if (buffer.getInt() != 1) {
                fail(null);
                return;
            }
            typed(buffer.getBytes());
        } else {
            throw new IOException("message " + number + " is not expected before login");
        }
    }

    private void request(Buffer buffer) throws Exception {
        String name = buffer.getString();
        String service = buffer.getString();
        String method = buffer.getString();
        if (!service.equals(ServerEnd.connectionName()) || (user != null && !user.equals(name))) {
            throw new IOException("the user or the service of a login does not change");
        }
        user = name;
        switch (method) {
            case "password" -> {
                boolean change = buffer.getBoolean();
                if (change) {
                    fail(null);
                } else {
                    token(buffer.getBytes());
                }
            }
            case "keyboard-interactive" -> prompt(PROMPT);
            case "publickey" -> key(name, buffer);
            case "none" -> refuse();
            default -> fail(null);
        }
    }

    /**
     * A part of a token that was typed. OpenSSH cuts what is typed at 1,023 bytes: a part about as long is not the last one,
     * and the next prompt says from where on it goes on.
     */
    private void typed(byte[] part) throws IOException {
        byte[] whole = Arrays.copyOf(parts, parts.length + part.length);
        System.arraycopy(part, 0, whole, parts.length, part.length);
        forget();
        boolean cut = part.length >= SHORTEST_CUT && part.length <= LONGEST_TYPED;
        if (cut && whole.length <= LONGEST_TOKEN) {
            parts = whole;
            prompt("Token from byte " + (whole.length + 1) + " on, nothing if that was all: ");
        } else {
            token(whole);
        }
        Arrays.fill(part, (byte) 0);
    }

    private void forget() {
        Arrays.fill(parts, (byte) 0);
        parts = new byte[0];
    }

    private void prompt(String text) throws IOException {
        prompted = true;
        Buffer message = client.createBuffer(SshConstants.SSH_MSG_USERAUTH_INFO_REQUEST, 64);
        message.putString("");
        message.putString("");
        message.putString("");
        message.putUInt(1);
        message.putString(text);
        message.putBoolean(false);
        client.writePacket(message);
    }

    private void token(byte[] bytes) {
        Secret secret = Secret.of(bytes);
        Arrays.fill(bytes, (byte) 0);
        judge(new Evidence.Token(secret));
    }

    private void key(String name, Buffer buffer) throws Exception {
        OfferedKey key = OfferedKey.read(buffer, entrance);
        if (key.refusal() != null) {
            fail(null);
        } else if (!key.signed()) {
            key.accept(client);
        } else if (key.proves(client, name)) {
            judge(key.evidence());
        } else {
            fail(null);
        }
    }

    private void judge(Evidence evidence) {
        judging = true;
        UserName name = UserName.parse(Objects.requireNonNull(user, "user"));
        Forwarding listener = new Forwarding();
        Admission admission = new Admission(
                evidence,
                name.target(),
                name.account(),
                null,
                (InetSocketAddress) client.getIoSession().getRemoteAddress(),
                Map.of("client", String.valueOf(client.getClientVersion())));
        entrance.context()
                .sessions()
                .open(admission, entrance.executor(client), listener)
                .whenComplete((opening, failure) -> decide(opening, failure, listener));
    }

    private void decide(Sessions.@Nullable Opening opening, @Nullable Throwable failure, Forwarding listener) {
        judging = false;
        try {
            ThreadUtils.runAsInternal(() -> {
                if (opening instanceof Sessions.Opening.Opened opened) {
                    enter(opened.session(), listener);
                } else if (opening instanceof Sessions.Opening.Refused refused) {
                    refused(refused);
                } else {
                    client.disconnect(
                            SshConstants.SSH2_DISCONNECT_SERVICE_NOT_AVAILABLE, "sallyport: login failed: " + failure);
                }
                return null;
            });
        } catch (Exception e) {
            client.exceptionCaught(e);
        }
    }

    private void enter(Session session, Forwarding listener) throws Exception {
        if (!client.isOpen()) {
            session.close(new Session.Closing("client-closed", "the client left before it was told that it is in"));
            return;
        }
        try {
            ServerEnd.authenticated(client, Objects.requireNonNull(user, "user"), connection -> {
                Entrance.Guest guest = entrance.welcome(session, connection);
                listener.to(guest);
                return guest.receiver();
            });
        } catch (Exception e) {
            session.close(new Session.Closing("client-closed", "the client could not be told that it is in"));
            throw e;
        }
    }

    private void refused(Sessions.Opening.Refused refused) throws IOException {
        String text = "sallyport: " + refused.reason();
        switch (refused.cause()) {
            case UNAUTHENTICATED, FORBIDDEN -> fail(text);
            case TOO_MANY -> client.disconnect(SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS, text);
            case UNAVAILABLE -> client.disconnect(SshConstants.SSH2_DISCONNECT_SERVICE_NOT_AVAILABLE, text);
        }
    }

    /** Evidence did not do. */
    private void fail(@Nullable String why) throws IOException {
        if (why != null) {
            Buffer banner = client.createBuffer(SshConstants.SSH_MSG_USERAUTH_BANNER, why.length() * 3 + 16);
            banner.putString(why + "\r\n");
            banner.putString("");
            client.writePacket(banner);
        }
        if (++failures >= MOST_FAILURES) {
            client.disconnect(SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE, "too many failed logins");
        } else {
            refuse();
        }
    }

    private void refuse() throws IOException {
        Buffer message = client.createBuffer(SshConstants.SSH_MSG_USERAUTH_FAILURE, METHODS.length() + 8);
        message.putString(METHODS);
        message.putBoolean(false);
        client.writePacket(message);
    }

    /** Hears the core before there is somebody to hear it. */
    private static final class Forwarding implements Sessions.Listener {

        private Entrance.@Nullable Guest guest;
        private Sessions.@Nullable Ending early;

        void to(Entrance.Guest who) {
            guest = who;
            if (early != null) {
                who.end(early);
            }
        }

        @Override
        public void end(Sessions.Ending ending) {
            if (guest != null) {
                guest.end(ending);
            } else {
                early = ending;
            }
        }
    }
}
