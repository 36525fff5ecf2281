package io.sallyport.ssh.relay;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.Command;
import io.sallyport.api.action.FileAccess;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.ssh.command.ExecAnalysis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A session channel (RFC 4254 section 6): a command, a shell or a subsystem, once.
 *
 * <pre>
 *   asked ──► judged ──► [terminal] ──► started ──► running ──► over
 *                │            │             │
 *                └────────────┴─────────────┴──► refused (a line on stderr, exit status 126)
 * </pre>
 *
 * <p>Until the request is allowed nothing but the opening of the channel has reached the target; what the client sends
 * meanwhile waits, within its window.
 */
final class SessionUse implements Use {

    private static final int MOST_WAITING = 1000;

    /** What a client may send ahead once its command runs. */
    private static final int RUNNING_WINDOW = 4 << 20;

    private final Strand strand;
    private final Relay relay;
    private final Questions questions;
    private final List<Variable> environment = new ArrayList<>();
    private @Nullable Terminal terminal;
    private @Nullable Acts acts;
    private @Nullable Running running;
    private boolean asked;
    private boolean started;
    private boolean over;

    /** Whether a transfer of files was asked for, and whether it brings contents to the client. */
    private boolean transfers;

    private boolean reads;

    SessionUse(Strand strand) {
        this.strand = strand;
        this.relay = strand.relay();
        this.questions = new Questions(strand.target);
    }

    private record Variable(String name, byte[] value) {}

    @Override
    public void clientRequest(String name, boolean wantReply, Buffer arguments) throws IOException {
        if (strand.replies.waiting() > MOST_WAITING || strand.toTarget.waiting() > MOST_WAITING) {
            throw new IOException("too many requests wait");
        }
        Replies.Slot reply = strand.replies.next(wantReply, strand.client::reply);
        switch (name) {
            case "env" -> reply.answer(!asked && variable(arguments.getString(), arguments.getBytes()));
            case "pty-req" -> reply.answer(!asked && terminal == null && terminal(Terminal.read(arguments)));
            case "shell" -> ask(reply, List.of(ExecAnalysis.shell(terminal != null)), "shell", new byte[0]);
            case "exec" -> exec(reply, arguments.getBytes());
            case "subsystem" -> subsystem(reply, arguments.getString());
            case "window-change" -> resize(reply, arguments);
            case "signal" -> forward(reply, name, false, Strand.rest(arguments));
            case "break" -> forward(reply, name, wantReply, Strand.rest(arguments));
            case "x11-req", "auth-agent-req@openssh.com" -> {
                relay.note(name + " is refused: it is not carried");
                reply.answer(false);
            }
            default -> reply.answer(false);
        }
    }

    private boolean variable(String name, byte[] value) {
        if (!Environment.passes(name, value, environment.size())) {
            relay.note("environment variable " + Messages.printable(name) + " is refused");
            return false;
        }
        environment.add(new Variable(name, value));
        return true;
    }

    private boolean terminal(Terminal wanted) {
        terminal = wanted;
        return true;
    }

    private void exec(Replies.Slot reply, byte[] line) {
        ExecAnalysis analysis = ExecAnalysis.of(line, terminal != null);
        List<Action> actions = new ArrayList<>();
        actions.add(analysis.command());
        actions.addAll(analysis.files());
        transfers = !analysis.files().isEmpty();
        reads = analysis.files().stream().anyMatch(file -> file.mode() == FileAccess.Mode.READ);
        ask(reply, actions, "exec", line);
    }

    private void subsystem(Replies.Slot reply, String name) {
        if (asked) {
            reply.answer(false);
            return;
        }
        if (name.equals("sftp")) {
            asked = true;
            SftpUse sftp = new SftpUse(strand);
            strand.use(sftp);
            sftp.start(reply);
            return;
        }
        Command command = Subsystems.command(name);
        ask(reply, List.of(command), "subsystem", name.getBytes(StandardCharsets.UTF_8));
    }

    private void ask(Replies.Slot reply, List<? extends Action> actions, String request, byte[] argument) {
        if (asked) {
            reply.answer(false);
            return;
        }
        asked = true;
        Acts judging = Acts.judge(relay.session(), actions, new Acts.Judged() {
            @Override
            public void held(String line) {
                if (!over) {
                    reply.answer(true);
                    strand.tell(line, terminal != null);
                }
            }

            @Override
            public void allowed(Acts allowed, @Nullable Mask mask) {
                acts = allowed;
                relay.guard(() -> allow(reply, request, argument, mask));
            }

            @Override
            public void denied(String line) {
                refuse(reply, line);
            }
        });
        acts = judging;
    }

    private void allow(Replies.Slot reply, String request, byte[] argument, @Nullable Mask mask) {
        Acts allowed = acts();
        if (over) {
            allowed.complete(Outcomes.cancelled("the client left"));
            return;
        }
        if (mask != null && (terminal != null || reads) && !relay.session().passUnmaskable()) {
            String what = terminal != null
                    ? "what a terminal shows cannot be masked: ask without one (ssh -T)"
                    : "a file's content cannot be masked";
            allowed.complete(Outcomes.failed("", 0, what));
            refuse(reply, Acts.refusal(what, "unmaskable", allowed.where()));
            return;
        }
        // Both ends of a transfer wait for each other's bytes, which are no lines.
        running = new Running(strand, allowed, terminal != null || transfers ? null : mask, terminal != null);
        for (Variable variable : environment) {
            Buffer message = strand.target.request("env", false, 64 + variable.value.length);
            message.putString(variable.name);
            message.putBytes(variable.value);
            strand.target.send(message);
        }
        Terminal wanted = terminal;
        if (wanted == null) {
            start(reply, request, argument);
            return;
        }
        relay.note(allowed.where() + ": terminal " + wanted.size());
        Buffer message = strand.target.request("pty-req", true, 64 + wanted.modes().length);
        wanted.write(message);
        questions.ask(message, given -> {
            if (given) {
                start(reply, request, argument);
            } else {
                failed(reply, "the target gives no terminal");
            }
        });
    }

    private void start(Replies.Slot reply, String request, byte[] argument) {
        Buffer message = strand.target.request(request, true, 16 + argument.length);
        if (!request.equals("shell")) {
            message.putBytes(argument);
        }
        questions.ask(message, isStarted -> {
            if (isStarted) {
                started = true;
                reply.answer(true);
                strand.client.widen(RUNNING_WINDOW);
                strand.toTarget.release();
            } else {
                failed(reply, "the target refuses the request");
            }
        });
    }

    private void failed(Replies.Slot reply, String what) {
        if (running != null) {
            running.abandon(Outcomes.failed("", 0, what));
        }
        refuse(reply, Acts.refusal(what, "target", acts().where()));
    }

    private Acts acts() {
        Acts now = acts;
        if (now == null) {
            throw new IllegalStateException("nothing was asked");
        }
        return now;
    }

    private void refuse(Replies.Slot reply, String line) {
        if (over) {
            return;
        }
        over = true;
        reply.answer(true);
        strand.tell(line, terminal != null);
        strand.toClient.inOrder(() -> Running.sendExitStatus(strand.client, Running.REFUSED));
        strand.endClient();
        strand.endTarget();
    }

    private void resize(Replies.Slot reply, Buffer arguments) {
        Terminal old = terminal;
        byte[] bytes = Strand.rest(arguments);
        if (old == null || bytes.length != 4 * Integer.BYTES) {
            reply.answer(false);
            return;
        }
        Buffer sizes = new org.apache.sshd.common.util.buffer.ByteArrayBuffer(bytes);
        Terminal now = new Terminal(
                old.name(), sizes.getUInt(), sizes.getUInt(), sizes.getUInt(), sizes.getUInt(), old.modes());
        terminal = now;
        Acts current = acts;
        if (current != null && running != null) {
            relay.note(current.where() + ": terminal " + now.size());
            forward(reply, "window-change", false, bytes);
        }
        reply.answer(true);
    }

    private void forward(Replies.Slot reply, String name, boolean wantReply, byte[] arguments) {
        if (!asked || over) {
            reply.answer(false);
            return;
        }
        strand.toTarget.inOrder(() -> {
            Buffer message = strand.target.request(name, wantReply, arguments.length);
            message.putRawBytes(arguments);
            if (wantReply) {
                questions.ask(message, reply::answer);
            } else {
                strand.target.send(message);
                reply.answer(true);
            }
        });
    }

    @Override
    public void clientData(byte[] bytes, int offset, int length) throws IOException {
        if (over) {
            return;
        }
        if (running != null) {
            running.input(bytes, offset, length);
        }
        strand.toTarget.data(bytes, offset, length, false, length);
    }

    @Override
    public void clientEof() {
        strand.toTarget.inOrder(strand.target::sendEof);
    }

    @Override
    public void clientCloses() {
        if (started && !over) {
            if (running != null && running.owesExit()) {
                running.whenExited(strand::closeTarget);
            } else {
                strand.closeTarget();
            }
        } else {
            clientGone("the client closed the channel");
            strand.endClient();
        }
    }

    @Override
    public void clientGone(String why) {
        over = true;
        if (acts != null && !acts.decided()) {
            acts.cancel(why);
        }
        if (running != null) {
            running.abandon(Outcomes.cancelled(why));
        }
        strand.endTarget();
    }

    @Override
    public void targetData(byte[] bytes, int offset, int length, boolean error) {
        if (running == null || over) {
            strand.toClient.swallow(length);
        } else {
            running.output(bytes, offset, length, error);
        }
    }

    @Override
    public void targetEof() {
        if (running != null) {
            running.outputEnds();
        }
    }

    @Override
    public void targetRequest(String name, boolean wantReply, Buffer arguments) {
        boolean taken = running != null && !over && running.request(name, arguments);
        if (wantReply) {
            strand.target.reply(taken);
        }
    }

    @Override
    public void targetReply(boolean success) throws IOException {
        questions.answered(success);
    }

    @Override
    public void targetClosed() {
        if (running != null && !over) {
            over = true;
            running.targetClosed();
        } else if (!over) {
            over = true;
            if (acts != null && !acts.decided()) {
                acts.cancel("the target closed the channel");
            }
            strand.endClient();
        }
    }

    @Override
    public void end(String reason) {
        if (over) {
            return;
        }
        over = true;
        strand.tell("sallyport: " + reason + " (session " + relay.session().id() + ")", terminal != null);
        if (acts != null && !acts.decided()) {
            acts.cancel(reason);
        }
        if (running != null) {
            running.abandon(Outcomes.cancelled(reason));
        }
        strand.endClient();
        strand.endTarget();
    }
}
