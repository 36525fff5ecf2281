package io.sallyport.ssh.transport;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.jspecify.annotations.Nullable;

/**
 * The connection protocol (RFC 4254) of one end as plain messages: nothing of the library's own channels, requests or
 * forwarding is there.
 *
 * <p>Confined to the wire's loop.
 */
public final class Connection extends AbstractCloseable implements Service {

    private final Session session;
    private final Map<String, Object> properties = new ConcurrentHashMap<>();
    private @Nullable Receiver receiver;

    Connection(Session session) {
        this.session = session;
    }

    /** Takes the messages of a connection. */
    public interface Receiver {

        /** The peer is logged in: messages come from now on. */
        void started();

        /**
         * One message.
         *
         * @param number the message's number, see RFC 4250 section 4.1.2
         * @param buffer the rest of it, which is only good during the call
         * @throws IOException if it is not what it should be: the connection ends
         */
        void message(int number, Buffer buffer) throws IOException;
    }

    void receiver(Receiver taker) {
        receiver = taker;
    }

    /** A buffer for one message of about a length. */
    public Buffer message(int number, int length) {
        return session.createBuffer((byte) number, length + Integer.BYTES);
    }

    /** Sends a message, behind a key exchange if one is running; never blocks. */
    public void send(Buffer message) {
        if (!session.isOpen()) {
            return;
        }
        try {
            ThreadUtils.runAsInternal(() -> session.writePacket(message));
        } catch (Exception e) {
            session.exceptionCaught(e);
        }
    }

    /** Ends the connection with a message that the peer may show. */
    public void disconnect(int reason, String text) {
        try {
            session.disconnect(reason, text);
        } catch (IOException e) {
            session.exceptionCaught(e);
        }
    }

    /** The wire under it. */
    public Wire wire() {
        return (Wire) session.getIoSession();
    }

    @Override
    public Session getSession() {
        return session;
    }

    @Override
    public Map<String, Object> getProperties() {
        return properties;
    }

    @Override
    public void start() {
        taker().started();
    }

    @Override
    public void process(int number, Buffer buffer) throws Exception {
        taker().message(number, buffer);
    }

    private Receiver taker() {
        Receiver taker = receiver;
        if (taker == null) {
            throw new IllegalStateException("nobody takes the messages");
        }
        return taker;
    }
}
