package io.sallyport.ssh.relay;

import io.sallyport.api.Recording;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import io.sallyport.ssh.output.LineMask;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A command or shell that runs: its output goes to the record and to the client, in this order, and its end is recorded
 * before the client hears of it.
 *
 * <p>The exit status waits until the target has ended its output, so that the client sees data, end of data, exit status
 * and the end of the channel in this order.
 */
final class Running {

    /** So long the target says nothing before what it has said is taken for all of its line. */
    private static final long PATIENCE_MILLIS = 200;

    /** The exit status of what is refused. */
    static final int REFUSED = 126;

    private final Strand strand;
    private final Relay relay;
    private final Acts acts;
    private final boolean terminal;
    private final boolean recorded;

    /** Whether what cannot be masked may pass. */
    private final boolean lenient;

    private long fed;
    private final @Nullable LineMask out;
    private final @Nullable LineMask error;
    private final @Nullable LineMask input;
    private long bytes;
    private @Nullable Outcome outcome;
    private byte @Nullable [] exit;
    private String exitName = "";
    private boolean outputEnded;
    private boolean completing;
    private boolean closing;
    private boolean ended;
    private boolean withheld;
    private @Nullable Runnable whenExited;

    Running(Strand strand, Acts acts, @Nullable Mask mask, boolean terminal) {
        this.strand = strand;
        this.relay = strand.relay();
        this.acts = acts;
        this.terminal = terminal;
        this.recorded = acts.recordsResults();
        this.lenient = relay.session().passUnmaskable();
        this.out = mask == null
                ? null
                : new LineMask(mask, (b, offset, length) -> pass(b, offset, length, false, 0), lenient);
        this.error = mask == null
                ? null
                : new LineMask(mask, (b, offset, length) -> pass(b, offset, length, true, 0), lenient);
        this.input = mask == null
                ? null
                : new LineMask(mask, (b, offset, length) -> acts.record(Exchange.Stream.INPUT, b, offset, length));
    }

    /** What the client sends; keystrokes only where requests are recorded in full. */
    void input(byte[] data, int offset, int length) {
        if (!recorded || (terminal && relay.session().recording().requests() != Recording.Level.FULL)) {
            return;
        }
        if (input == null) {
            acts.record(Exchange.Stream.INPUT, data, offset, length);
        } else if (!input.feed(data, offset, length)) {
            relay.note(acts.where() + ": input that cannot be masked is not recorded");
        }
    }

    void output(byte[] data, int offset, int length, boolean second) {
        LineMask mask = second ? error : out;
        if (ended || withheld) {
            strand.toClient.swallow(length);
        } else if (mask == null) {
            pass(data, offset, length, second, length);
        } else {
            boolean judged = mask.feed(data, offset, length);
            strand.toClient.swallow(length);
            fed++;
            if (!judged) {
                withhold();
            } else if (lenient && mask.waiting() > 0) {
                flushUnless(mask, fed);
            }
        }
    }

    /** A question without an end of line, or a protocol without lines, does not wait for ever. */
    private void flushUnless(LineMask mask, long mark) {
        strand.client
                .connection
                .wire()
                .loop()
                .schedule(
                        () -> {
                            if (fed == mark && !ended && !withheld && !outputEnded) {
                                relay.guard(mask::end);
                            }
                        },
                        PATIENCE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private void pass(byte[] data, int offset, int length, boolean second, int credit) {
        bytes += length;
        if (recorded) {
            acts.record(second ? Exchange.Stream.ERROR : Exchange.Stream.OUTPUT, data, offset, length);
        }
        strand.toClient.data(data, offset, length, second, credit);
    }

    /** A line is longer than can be judged: nothing more leaves, and the client hears why. */
    private void withhold() {
        withheld = true;
        strand.tell(
                Acts.refusal("a line of the output is too long to be masked", "unmaskable", acts.where()), terminal);
        outcome = Outcomes.failed("", bytes, "a line of the output is too long to be masked");
        exitName = "exit-status";
        exit = new byte[] {0, 0, 0, REFUSED};
        strand.endTarget();
        outputEnds();
    }

    void outputEnds() {
        if (outputEnded) {
            return;
        }
        outputEnded = true;
        if (!withheld) {
            flush();
        }
        strand.toClient.inOrder(strand.client::sendEof);
        finish();
    }

    private void flush() {
        if (out != null) {
            out.end();
        }
        if (error != null) {
            error.end();
        }
        if (input != null) {
            input.end();
        }
    }

    /**
     * The target says something about the command.
     *
     * @return whether it was understood
     */
    boolean request(String name, Buffer arguments) {
        switch (name) {
            case "exit-status" -> {
                byte[] status = Strand.rest(arguments);
                if (outcome == null && status.length == Integer.BYTES) {
                    long number = Integer.toUnsignedLong(
                            java.nio.ByteBuffer.wrap(status).getInt());
                    exited(name, status, Outcomes.exit(number, 0));
                }
            }
            case "exit-signal" -> {
                int start = arguments.rpos();
                String signal = arguments.getString();
                arguments.rpos(start);
                if (outcome == null) {
                    exited(name, Strand.rest(arguments), Outcomes.signal(signal, 0));
                }
            }
            case "eow@openssh.com", "xon-xoff" -> {
                byte[] rest = Strand.rest(arguments);
                strand.toClient.inOrder(() -> send(name, rest));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void exited(String name, byte[] arguments, Outcome how) {
        exitName = name;
        exit = arguments;
        outcome = how;
        finish();
        Runnable next = whenExited;
        if (next != null) {
            next.run();
        }
    }

    /** Whether all output has come, and the exit status has not: some targets forget it if they are told of a close now. */
    boolean owesExit() {
        return outputEnded && outcome == null && !ended;
    }

    void whenExited(Runnable act) {
        whenExited = act;
    }

    private void send(String name, byte[] arguments) {
        Buffer message = strand.client.request(name, false, arguments.length);
        message.putRawBytes(arguments);
        strand.client.send(message);
    }

    static void sendExitStatus(Leg client, int status) {
        Buffer message = client.request("exit-status", false, Integer.BYTES);
        message.putUInt(status);
        client.send(message);
    }

    private void finish() {
        Outcome how = outcome;
        if (!completing && how != null && outputEnded) {
            completing = true;
            strand.toClient.inOrder(() -> complete(how));
        }
    }

    private void complete(Outcome how) {
        Outcome whole = new Outcome(how.status(), how.code(), how.rows(), bytes, how.detail());
        strand.toClient.hold();
        acts.complete(whole).whenComplete((written, failure) -> {
            if (failure != null) {
                relay.journalFailed();
                return;
            }
            ended = true;
            byte[] arguments = exit;
            if (arguments != null) {
                send(exitName, arguments);
            }
            strand.toClient.release();
            if (closing || withheld) {
                strand.endClient();
            }
        });
    }

    /** The target has closed the channel: whatever it did not say is not known. */
    void targetClosed() {
        closing = true;
        outputEnds();
        if (ended) {
            strand.endClient();
        } else if (outcome == null) {
            outcome = Outcomes.unknown(bytes);
            finish();
        }
    }

    /** Nobody waits for the end any more. */
    void abandon(Outcome how) {
        if (!completing) {
            completing = true;
            flushQuietly();
            acts.complete(new Outcome(how.status(), how.code(), how.rows(), bytes, how.detail()));
        }
        ended = true;
    }

    private void flushQuietly() {
        if (input != null) {
            input.end();
        }
    }
}
