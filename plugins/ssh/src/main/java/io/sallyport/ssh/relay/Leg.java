package io.sallyport.ssh.relay;

import io.sallyport.ssh.transport.Connection;
import java.io.IOException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/** One end of a channel: the number by which the gateway knows it, and the window that the gateway grants on it. */
final class Leg {

    /** The longest data that the gateway takes in one message. */
    static final int PACKET = 32 * 1024;

    /** The window is granted again in so many parts, so that the peer need not stop. */
    private static final int PARTS = 4;

    final Connection connection;
    final int id;
    private int size;
    private long left;
    private long owed;
    private int peer;
    private boolean open;
    private boolean eofSent;
    private boolean closeSent;
    private boolean closeReceived;

    /**
     * An end.
     *
     * @param size the most bytes that the peer may have sent and the gateway not passed on
     */
    Leg(Connection connection, int id, int size) {
        this.connection = connection;
        this.id = id;
        this.size = size;
        this.left = size;
    }

    int window() {
        return size;
    }

    void opened(int peerNumber) {
        peer = peerNumber;
        open = true;
    }

    boolean open() {
        return open;
    }

    int peer() {
        return peer;
    }

    /** Bytes came in; more than were granted break the protocol. */
    void received(int bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw new IOException("more data than the window takes");
        }
    }

    /** From now on the peer may send so much ahead, if that is more than before. */
    void widen(int wider) {
        if (wider > size) {
            owed += wider - size;
            size = wider;
            passed(0);
        }
    }

    /** Bytes were passed on. */
    void passed(int bytes) {
        owed += bytes;
        if (owed >= size / PARTS && !closeSent && !closeReceived) {
            Buffer message = connection.message(SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST, 2 * Integer.BYTES);
            message.putUInt(peer & 0xFFFFFFFFL);
            message.putUInt(owed);
            connection.send(message);
            left += owed;
            owed = 0;
        }
    }

    void sendEof() {
        if (open && !eofSent && !closeSent) {
            eofSent = true;
            plain(SshConstants.SSH_MSG_CHANNEL_EOF);
        }
    }

    void sendClose() {
        if (open && !closeSent) {
            closeSent = true;
            plain(SshConstants.SSH_MSG_CHANNEL_CLOSE);
        }
    }

    void closeReceived() {
        closeReceived = true;
    }

    boolean hasClosed() {
        return closeReceived;
    }

    boolean closeSent() {
        return closeSent;
    }

    /** Whether nothing more comes or goes. */
    boolean done() {
        return !open || (closeSent && closeReceived);
    }

    void reply(boolean success) {
        if (open && !closeSent) {
            plain(success ? SshConstants.SSH_MSG_CHANNEL_SUCCESS : SshConstants.SSH_MSG_CHANNEL_FAILURE);
        }
    }

    private void plain(int number) {
        Buffer message = connection.message(number, Integer.BYTES);
        message.putUInt(peer & 0xFFFFFFFFL);
        connection.send(message);
    }

    /** A channel request to the peer, to be completed and sent. */
    Buffer request(String name, boolean wantReply, int length) {
        Buffer message =
                connection.message(SshConstants.SSH_MSG_CHANNEL_REQUEST, length + name.length() + 3 * Integer.BYTES);
        message.putUInt(peer & 0xFFFFFFFFL);
        message.putString(name);
        message.putBoolean(wantReply);
        return message;
    }

    void send(Buffer message) {
        if (open && !closeSent) {
            connection.send(message);
        }
    }
}
