package io.sallyport.ssh.relay;

import io.sallyport.api.action.FileAccess;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.session.Outcome;
import io.sallyport.ssh.sftp.Ends;
import io.sallyport.ssh.sftp.SftpProxy;
import java.io.IOException;
import java.util.List;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** The subsystem sftp: its start touches nothing, its requests are actions each. */
final class SftpUse implements Use, Ends {

    private final Strand strand;
    private final Relay relay;
    private final Questions questions;
    private final SftpProxy proxy;
    private @Nullable Acts judging;
    private boolean over;

    SftpUse(Strand strand) {
        this.strand = strand;
        this.relay = strand.relay();
        this.questions = new Questions(strand.target);
        this.proxy = new SftpProxy(this);
    }

    void start(Replies.Slot reply) {
        relay.note("subsystem sftp");
        Buffer message = strand.target.request("subsystem", true, 16);
        message.putString("sftp");
        questions.ask(message, started -> {
            reply.answer(started);
            if (started) {
                strand.toTarget.release();
            } else {
                over = true;
                strand.endClient();
                strand.endTarget();
            }
        });
    }

    @Override
    public void toTarget(byte[] bytes, int credit) {
        strand.toTarget.data(bytes, 0, bytes.length, false, credit);
    }

    @Override
    public void toClient(byte[] bytes, int credit) {
        strand.toClient.data(bytes, 0, bytes.length, false, credit);
    }

    @Override
    public void clientDone(int credit) {
        strand.toTarget.swallow(credit);
    }

    @Override
    public void targetDone(int credit) {
        strand.toClient.swallow(credit);
    }

    @Override
    public void judge(FileAccess action, Answer answer) {
        judging = Acts.judge(relay.session(), List.of(action), new Acts.Judged() {
            @Override
            public void held(String line) {
                strand.tell(line, false);
            }

            @Override
            public void allowed(Acts acts, @Nullable Mask mask) {
                relay.guard(() -> answer.allowed(acts, mask != null));
            }

            @Override
            public void denied(String line) {
                relay.guard(() -> answer.denied(line));
            }
        });
    }

    @Override
    public boolean passUnmaskable() {
        return relay.session().passUnmaskable();
    }

    @Override
    public void journalFailed() {
        relay.journalFailed();
    }

    @Override
    public void again(Step step) {
        relay.client()
                .wire()
                .loop()
                .execute(() -> relay.guard(() -> {
                    try {
                        step.run();
                    } catch (IOException e) {
                        relay.broken(e);
                    }
                }));
    }

    @Override
    public void clientData(byte[] bytes, int offset, int length) throws IOException {
        if (!over) {
            proxy.client(bytes, offset, length);
        }
    }

    @Override
    public void clientEof() {
        proxy.clientEnds(() -> strand.toTarget.inOrder(strand.target::sendEof));
    }

    @Override
    public void clientRequest(String name, boolean wantReply, Buffer arguments) {
        strand.replies.next(wantReply, strand.client::reply).answer(false);
    }

    @Override
    public void clientCloses() {
        proxy.clientEnds(strand::closeTarget);
    }

    @Override
    public void clientGone(String why) {
        finish(Outcome.Status.CANCELLED, why);
        strand.endTarget();
    }

    @Override
    public void targetData(byte[] bytes, int offset, int length, boolean error) throws IOException {
        if (over) {
            strand.toClient.swallow(length);
        } else if (error) {
            strand.toClient.data(bytes, offset, length, true, length);
        } else {
            proxy.target(bytes, offset, length);
        }
    }

    @Override
    public void targetEof() {
        finish(Outcome.Status.UNKNOWN, "the target ended the subsystem");
        strand.toClient.inOrder(strand.client::sendEof);
    }

    @Override
    public void targetRequest(String name, boolean wantReply, Buffer arguments) {
        boolean exit = name.equals("exit-status") || name.equals("exit-signal");
        if (exit) {
            byte[] rest = Strand.rest(arguments);
            strand.toClient.inOrder(() -> {
                Buffer message = strand.client.request(name, false, rest.length);
                message.putRawBytes(rest);
                strand.client.send(message);
            });
        }
        if (wantReply) {
            strand.target.reply(exit);
        }
    }

    @Override
    public void targetReply(boolean success) throws IOException {
        questions.answered(success);
    }

    @Override
    public void targetClosed() {
        finish(Outcome.Status.UNKNOWN, "the target closed the channel");
        strand.endClient();
    }

    @Override
    public void end(String reason) {
        strand.tell("sallyport: " + reason + " (session " + relay.session().id() + ")", false);
        finish(Outcome.Status.CANCELLED, reason);
        strand.endClient();
        strand.endTarget();
    }

    private void finish(Outcome.Status how, String why) {
        over = true;
        if (judging != null) {
            judging.cancel(why);
        }
        proxy.end(how, why);
    }
}
