package io.sallyport.ssh.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A channel of the client joined to a channel of the target. */
final class Strand {

    private final Relay relay;
    final Leg client;
    final Leg target;
    final Pipe toClient;
    final Pipe toTarget;
    final Replies replies = new Replies();
    private @Nullable Use use;

    Strand(Relay relay, Leg client, Leg target) {
        this.relay = relay;
        this.client = client;
        this.target = target;
        this.toClient = new Pipe(client.connection, target::passed);
        this.toTarget = new Pipe(target.connection, client::passed);
    }

    void use(Use what) {
        use = what;
    }

    Use use() {
        Use now = use;
        if (now == null) {
            throw new IllegalStateException("a channel without use");
        }
        return now;
    }

    Relay relay() {
        return relay;
    }

    /** A line for the person at the client's end, behind what was sent before. */
    void tell(String line, boolean terminal) {
        byte[] bytes = (line + (terminal ? "\r\n" : "\n")).getBytes(StandardCharsets.UTF_8);
        toClient.data(bytes, 0, bytes.length, true, 0);
    }

    /** The channel ends for the client: behind what was sent before. */
    void endClient() {
        toClient.inOrder(() -> {
            client.sendEof();
            client.sendClose();
            relay.settle(this);
        });
    }

    /** The channel ends for the target. */
    void endTarget() {
        toTarget.close();
        target.sendClose();
        relay.settle(this);
    }

    void clientMessage(byte[] bytes, int offset, int length) throws IOException {
        client.received(length);
        if (client.closeSent()) {
            return;
        }
        use().clientData(bytes, offset, length);
    }

    void targetMessage(byte[] bytes, int offset, int length, boolean error) throws IOException {
        target.received(length);
        if (target.closeSent()) {
            return;
        }
        use().targetData(bytes, offset, length, error);
    }

    void clientHasClosed() {
        client.closeReceived();
        toClient.discard();
        use().clientCloses();
        relay.settle(this);
    }

    void clientHasGone(String why) {
        client.closeReceived();
        toClient.close();
        use().clientGone(why);
        relay.settle(this);
    }

    /** Hands the client's close on, behind what the client sent before. */
    void closeTarget() {
        toTarget.inOrder(() -> {
            target.sendClose();
            relay.settle(this);
        });
    }

    void targetHasClosed() {
        target.closeReceived();
        toTarget.close();
        use().targetClosed();
        target.sendClose();
        relay.settle(this);
    }

    /** The target has opened its end: the client's is open now too. */
    void confirm() {
        Opening.sendConfirmation(client);
        toClient.release();
        if (use instanceof TunnelUse) {
            toTarget.release();
        }
    }

    /** The target does not open its end: neither is the client's. */
    void fail(int reason, String text) {
        if (use instanceof TunnelUse tunnel) {
            tunnel.failed(text);
        }
        relay.drop(this);
        Opening.sendFailure(client.connection, client.peer(), reason, text);
    }

    /** Copies what is left of a request for the other side. */
    static byte[] rest(Buffer buffer) {
        byte[] bytes = new byte[buffer.available()];
        buffer.getRawBytes(bytes);
        return bytes;
    }
}
