package io.sallyport.ssh.relay;

import io.sallyport.api.session.JournalUnavailableException;
import io.sallyport.ssh.transport.Connection;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/** What a client may say after login; what is not here ends the connection. */
final class ClientSide implements Connection.Receiver {

    private static final int PING = 192;
    private static final int PONG = 193;

    private final Relay relay;
    private final Connection client;
    private final Replies replies = new Replies();
    private boolean noMoreSessions;

    ClientSide(Relay relay) {
        this.relay = relay;
        this.client = relay.client();
    }

    @Override
    public void started() {
        // The target is on its way already.
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
            case SshConstants.SSH_MSG_CHANNEL_DATA -> data(buffer);
            case SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST ->
                strand(buffer).toClient.adjust(buffer.getUInt());
            case SshConstants.SSH_MSG_CHANNEL_REQUEST -> request(buffer);
            case SshConstants.SSH_MSG_CHANNEL_EOF -> strand(buffer).use().clientEof();
            case SshConstants.SSH_MSG_CHANNEL_CLOSE -> strand(buffer).clientHasClosed();
            case SshConstants.SSH_MSG_CHANNEL_OPEN -> open(buffer);
            case SshConstants.SSH_MSG_GLOBAL_REQUEST -> global(buffer);
            case SshConstants.SSH_MSG_CHANNEL_SUCCESS, SshConstants.SSH_MSG_CHANNEL_FAILURE -> strand(buffer);
            case SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION -> confirmed(buffer);
            case SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE -> failed(buffer);
            case PING -> pong(buffer);
            default -> throw new IOException("message " + number + " is not expected of a client");
        }
    }

    private Strand strand(Buffer buffer) throws IOException {
        return relay.ofClient(buffer.getInt());
    }

    private void data(Buffer buffer) throws IOException {
        Strand strand = strand(buffer);
        int length = Messages.dataLength(buffer);
        strand.clientMessage(buffer.array(), buffer.rpos(), length);
    }

    private void request(Buffer buffer) throws IOException {
        Strand strand = strand(buffer);
        String name = buffer.getString();
        boolean wantReply = buffer.getBoolean();
        if (!strand.client.closeSent()) {
            strand.use().clientRequest(name, wantReply, buffer);
        }
    }

    private void global(Buffer buffer) {
        String name = buffer.getString();
        boolean wantReply = buffer.getBoolean();
        Long[] port = new Long[1];
        Replies.Slot reply = replies.next(wantReply, success -> answer(success, port[0]));
        Forwards.Answer answer = (success, chosen) -> {
            port[0] = chosen;
            reply.answer(success);
        };
        switch (name) {
            case "no-more-sessions@openssh.com" -> {
                noMoreSessions = true;
                reply.answer(true);
            }
            case "tcpip-forward" ->
                forward(Strand.rest(buffer), reply, rest -> relay.forwards().listen(rest, answer));
            case "cancel-tcpip-forward" ->
                forward(Strand.rest(buffer), reply, rest -> relay.forwards().cancel(rest, answer));
            default -> {
                if (!name.startsWith("keepalive@")) {
                    relay.note("request " + Messages.printable(name) + " is refused: it is not carried");
                }
                reply.answer(false);
            }
        }
    }

    private void forward(byte[] arguments, Replies.Slot reply, Consumer<Buffer> act) {
        if (replies.waiting() > Relay.MOST_CHANNELS
                || !relay.whenTarget(() -> act.accept(new ByteArrayBuffer(arguments)))) {
            reply.answer(false);
        }
    }

    private void answer(boolean success, @Nullable Long port) {
        Buffer message = client.message(
                success ? SshConstants.SSH_MSG_REQUEST_SUCCESS : SshConstants.SSH_MSG_REQUEST_FAILURE, 8);
        if (success && port != null) {
            message.putUInt(port);
        }
        client.send(message);
    }

    /** The client takes a connection that came through a port of its own. */
    private void confirmed(Buffer buffer) throws IOException {
        Strand strand = strand(buffer);
        int peer = buffer.getInt();
        if (strand.client.open()) {
            throw new IOException("a channel is confirmed twice");
        }
        strand.client.opened(peer);
        strand.toClient.to(peer, buffer.getUInt(), buffer.getUInt());
        Opening.sendConfirmation(strand.target);
        strand.toClient.release();
        strand.toTarget.release();
    }

    private void failed(Buffer buffer) throws IOException {
        Strand strand = strand(buffer);
        if (strand.client.open()) {
            throw new IOException("a channel fails that is open");
        }
        int reason = buffer.getInt();
        relay.drop(strand);
        Opening.sendFailure(relay.target(), strand.target.peer(), reason, "the client does not take it");
    }

    private void open(Buffer buffer) throws IOException {
        String type = buffer.getString();
        Opening opening =
                new Opening(relay, type, buffer.getInt(), buffer.getUInt(), buffer.getUInt(), Strand.rest(buffer));
        if (relay.full()) {
            opening.refuse(SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "sallyport: too many channels");
            return;
        }
        switch (type) {
            case "session" -> {
                if (noMoreSessions) {
                    opening.refuse(SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, "sallyport: no more sessions");
                } else {
                    opening.session();
                }
            }
            case "direct-tcpip" -> opening.tunnel();
            default -> {
                relay.note("channel " + Messages.printable(type) + " is refused: it is not carried");
                opening.refuse(SshConstants.SSH_OPEN_UNKNOWN_CHANNEL_TYPE, "sallyport: this is not carried");
            }
        }
    }

    private void pong(Buffer buffer) {
        byte[] bytes = buffer.getBytes();
        Buffer message = client.message(PONG, bytes.length + Integer.BYTES);
        message.putBytes(bytes);
        client.send(message);
    }
}
