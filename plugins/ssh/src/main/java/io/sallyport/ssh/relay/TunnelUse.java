package io.sallyport.ssh.relay;

import io.sallyport.api.session.Outcome;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A connection through the target: its bytes are counted, not read and not recorded. */
final class TunnelUse implements Use {

    private final Strand strand;
    private final @Nullable Acts acts;
    private long bytes;
    private boolean over;

    /**
     * A connection.
     *
     * @param acts its action; null if it belongs to that of a port
     */
    TunnelUse(Strand strand, @Nullable Acts acts) {
        this.strand = strand;
        this.acts = acts;
    }

    @Override
    public void clientData(byte[] data, int offset, int length) {
        bytes += length;
        strand.toTarget.data(data, offset, length, false, length);
    }

    @Override
    public void clientEof() {
        strand.toTarget.inOrder(strand.target::sendEof);
    }

    @Override
    public void clientRequest(String name, boolean wantReply, Buffer arguments) {
        strand.replies.next(wantReply, strand.client::reply).answer(false);
    }

    @Override
    public void clientCloses() {
        strand.closeTarget();
    }

    @Override
    public void clientGone(String why) {
        strand.endTarget();
        complete(Outcome.Status.SUCCEEDED, "closed");
    }

    @Override
    public void targetData(byte[] data, int offset, int length, boolean error) {
        bytes += length;
        strand.toClient.data(data, offset, length, error, length);
    }

    @Override
    public void targetEof() {
        strand.toClient.inOrder(strand.client::sendEof);
    }

    @Override
    public void targetRequest(String name, boolean wantReply, Buffer arguments) {
        if (wantReply) {
            strand.target.reply(false);
        }
    }

    @Override
    public void targetReply(boolean success) {
        // Nothing was asked.
    }

    @Override
    public void targetClosed() {
        complete(Outcome.Status.SUCCEEDED, "closed");
        strand.endClient();
    }

    /** The target could not connect. */
    void failed(String text) {
        complete(Outcome.Status.FAILED, "not connected: " + Messages.printable(text));
    }

    @Override
    public void end(String reason) {
        complete(Outcome.Status.CANCELLED, reason);
        strand.endClient();
        strand.endTarget();
    }

    private void complete(Outcome.Status how, String code) {
        if (!over) {
            over = true;
            if (acts != null) {
                acts.complete(new Outcome(how, code, -1, bytes, null));
            } else {
                strand.relay().note("the connection is " + code + " after " + bytes + " bytes");
            }
        }
    }
}
