package io.sallyport.ssh.relay;

import io.sallyport.api.session.JournalUnavailableException;
import io.sallyport.ssh.transport.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/** What a target may say after login; what is not here ends the connection. */
final class TargetSide implements Connection.Receiver {

    private final Relay relay;

    TargetSide(Relay relay) {
        this.relay = relay;
    }

    @Override
    public void started() {
        // The relay is told by whoever logged in.
    }

    @Override
    public void message(int number, Buffer buffer) throws IOException {
        if (relay.ended()) {
            return;
        }
        try {
            take(number, buffer);
        } catch (JournalUnavailableException e) {
            relay.journalFailed();
        }
    }

    private void take(int number, Buffer buffer) throws IOException {
        switch (number) {
            case SshConstants.SSH_MSG_CHANNEL_DATA -> data(strand(buffer), buffer, false);
            case SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA -> extended(buffer);
            case SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST ->
                strand(buffer).toTarget.adjust(buffer.getUInt());
            case SshConstants.SSH_MSG_CHANNEL_REQUEST -> request(buffer);
            case SshConstants.SSH_MSG_CHANNEL_SUCCESS -> strand(buffer).use().targetReply(true);
            case SshConstants.SSH_MSG_CHANNEL_FAILURE -> strand(buffer).use().targetReply(false);
            case SshConstants.SSH_MSG_CHANNEL_EOF -> strand(buffer).use().targetEof();
            case SshConstants.SSH_MSG_CHANNEL_CLOSE -> strand(buffer).targetHasClosed();
            case SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION -> confirmed(buffer);
            case SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE -> failed(buffer);
            case SshConstants.SSH_MSG_CHANNEL_OPEN -> open(buffer);
            case SshConstants.SSH_MSG_GLOBAL_REQUEST -> global(buffer);
            case SshConstants.SSH_MSG_REQUEST_SUCCESS -> relay.forwards().answered(true, buffer);
            case SshConstants.SSH_MSG_REQUEST_FAILURE -> relay.forwards().answered(false, buffer);
            default -> throw new IOException("message " + number + " is not expected of a target");
        }
    }

    private Strand strand(Buffer buffer) throws IOException {
        return relay.ofTarget(buffer.getInt());
    }

    private static void data(Strand strand, Buffer buffer, boolean error) throws IOException {
        int length = Messages.dataLength(buffer);
        strand.targetMessage(buffer.array(), buffer.rpos(), length, error);
    }

    private void extended(Buffer buffer) throws IOException {
        Strand strand = strand(buffer);
        long type = buffer.getUInt();
        if (type != SshConstants.SSH_EXTENDED_DATA_STDERR) {
            throw new IOException("extended data of type " + type);
        }
        data(strand, buffer, true);
    }

    private void request(Buffer buffer) throws IOException {
        Strand strand = strand(buffer);
        String name = buffer.getString();
        boolean wantReply = buffer.getBoolean();
        strand.use().targetRequest(name, wantReply, buffer);
    }

    private void confirmed(Buffer buffer) throws IOException {
        Strand strand = strand(buffer);
        int peer = buffer.getInt();
        if (strand.target.open()) {
            throw new IOException("a channel is confirmed twice");
        }
        strand.target.opened(peer);
        strand.toTarget.to(peer, buffer.getUInt(), buffer.getUInt());
        strand.confirm();
    }

    private void failed(Buffer buffer) throws IOException {
        Strand strand = strand(buffer);
        if (strand.target.open()) {
            throw new IOException("a channel fails that is open");
        }
        int reason = buffer.getInt();
        String text = new String(buffer.getBytes(), StandardCharsets.UTF_8);
        strand.fail(reason, text);
    }

    /** A connection through a port of the client's; agents and displays are not carried. */
    private void open(Buffer buffer) {
        String type = buffer.getString();
        int sender = buffer.getInt();
        long window = buffer.getUInt();
        long packet = buffer.getUInt();
        byte[] arguments = Strand.rest(buffer);
        if (type.equals("forwarded-tcpip") && relay.forwards().expects(arguments) && !relay.full()) {
            Opening.towardsClient(relay, sender, window, packet, arguments);
            return;
        }
        relay.note("the target's channel " + Messages.printable(type) + " is refused: it is not carried");
        Opening.sendFailure(
                relay.target(), sender, SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, "this is not carried");
    }

    /** The target's host keys, and whatever else is for its own peer, end here. */
    private void global(Buffer buffer) {
        buffer.getString();
        if (buffer.getBoolean()) {
            relay.target().send(relay.target().message(SshConstants.SSH_MSG_REQUEST_FAILURE, 1));
        }
    }
}
