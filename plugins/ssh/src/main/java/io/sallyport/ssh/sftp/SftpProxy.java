package io.sallyport.ssh.sftp;

import io.sallyport.api.action.FileAccess;
import io.sallyport.api.session.Outcome;
import io.sallyport.ssh.command.SshVocabulary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Both streams of one SFTP subsystem.
 *
 * <ol>
 *   <li>A request leaves as it came, in its turn, when every file that it names is allowed: as it is spelled, and as the
 *       target's REALPATH answers (asked by the gateway itself). REALPATH of the client passes: it names, and touches nothing.
 *   <li>A request that is refused, or not read, is answered by the gateway; the session goes on.
 *   <li>An answer goes to the client when what became of the request is recorded.
 *   <li>An answer to nothing, a handle that is not open, and a packet that is not formed as it should be, never get through.
 * </ol>
 *
 * <p>A file that is open is one action: its outcome has the bytes and their hash.
 */
public final class SftpProxy {

    /** The version that is spoken. */
    static final int PROTOCOL = 3;

    private static final int MOST_WAITING = 4096;
    private static final int MOST_OPEN = 1024;

    private final Ends ends;
    private final Frames fromClient = new Frames();
    private final Frames fromTarget = new Frames();
    private final ArrayDeque<Packet> queue = new ArrayDeque<>();
    private final Map<Integer, Waiting> waiting = new HashMap<>();
    private final Map<ByteBuffer, OpenFile> open = new HashMap<>();
    private final List<Ends.Deed> deeds = new ArrayList<>();
    private int ownId = -1;
    private Runnable atEnd = () -> {};
    private boolean greeted;
    private boolean versioned;
    private boolean busy;
    private boolean over;

    /** Streams on which nothing was said. */
    public SftpProxy(Ends ends) {
        this.ends = ends;
    }

    /** What to do with the answer to a request. */
    @FunctionalInterface
    private interface Waiting {
        void answer(Packet answer) throws IOException;
    }

    /** Bytes of the client. */
    public void client(byte[] bytes, int offset, int length) throws IOException {
        fromClient.feed(bytes, offset, length, frame -> {
            queue.add(new Packet(frame));
            pump();
        });
    }

    /** The client sends no more: runs something when everything before has left. */
    public void clientEnds(Runnable then) {
        atEnd = then;
        if (!busy && queue.isEmpty()) {
            then.run();
        }
    }

    /** Bytes of the target. */
    public void target(byte[] bytes, int offset, int length) throws IOException {
        fromTarget.feed(bytes, offset, length, frame -> answer(new Packet(frame)));
    }

    /** The streams are over: what is open is recorded. */
    public void end(Outcome.Status how, String why) {
        if (over) {
            return;
        }
        over = true;
        queue.clear();
        waiting.clear();
        open.values().forEach(file -> {
            deeds.remove(file.deed);
            file.deed.complete(file.outcome(how, why));
        });
        open.clear();
        deeds.forEach(deed -> deed.complete(new Outcome(how, why, -1, 0, null)));
        deeds.clear();
    }

    private void pump() throws IOException {
        while (!busy && !over) {
            Packet packet = queue.poll();
            if (packet == null) {
                atEnd.run();
                return;
            }
            request(packet);
        }
    }

    private void request(Packet packet) throws IOException {
        if (!greeted) {
            greet(packet);
            return;
        }
        int id = packet.number();
        if (waiting.containsKey(id) || waiting.size() > MOST_WAITING) {
            throw new IOException("an SFTP request with an identifier that is in use");
        }
        switch (packet.type()) {
            case Packet.REALPATH -> {
                packet.skip();
                pass(id, packet.end(), this::forward);
            }
            case Packet.CLOSE, Packet.READ, Packet.WRITE, Packet.FSTAT, Packet.FSETSTAT, Packet.READDIR ->
                onHandle(id, packet);
            case Packet.EXTENDED -> extended(id, packet);
            default -> asked(id, packet, Asked.read(packet));
        }
    }

    private void greet(Packet packet) throws IOException {
        if (packet.type() != Packet.INIT) {
            throw new IOException("an SFTP request before the greeting");
        }
        greeted = true;
        int version = packet.number();
        if (version < PROTOCOL) {
            throw new IOException("SFTP version " + version + " is not spoken");
        }
        ends.toTarget(Packet.init(PROTOCOL), packet.frame.length);
    }

    private void extended(int id, Packet packet) throws IOException {
        Packet again = new Packet(packet.frame);
        again.number();
        String name = again.text();
        switch (name) {
            case Extensions.LIMITS -> pass(id, again.end(), this::forward);
            case Extensions.EXPAND_PATH -> {
                again.skip();
                pass(id, again.end(), this::forward);
            }
            case Extensions.FSYNC, Extensions.FSTATVFS -> {
                OpenFile file = open.get(ByteBuffer.wrap(again.bytes()));
                again.end();
                if (file == null) {
                    refuse(id, packet, Packet.FAILURE, "sallyport: the handle is not open");
                } else {
                    pass(id, packet, this::forward);
                }
            }
            default -> asked(id, packet, Asked.read(packet));
        }
    }

    private void pass(int id, Packet packet, Waiting answer) {
        waiting.put(id, answer);
        ends.toTarget(packet.frame, packet.frame.length);
    }

    private void refuse(int id, Packet packet, int code, String text) {
        ends.clientDone(packet.frame.length);
        ends.toClient(Packet.status(id, code, text), 0);
    }

    private void forward(Packet answer) {
        ends.toClient(answer.frame, answer.frame.length);
    }

    private void onHandle(int id, Packet packet) throws IOException {
        ByteBuffer handle = ByteBuffer.wrap(packet.bytes());
        OpenFile file = open.get(handle);
        if (file == null) {
            refuse(id, packet, Packet.FAILURE, "sallyport: the handle is not open");
            return;
        }
        switch (packet.type()) {
            case Packet.READ -> {
                long offset = packet.longNumber();
                packet.number();
                pass(id, packet.end(), answer -> read(file, offset, answer));
            }
            case Packet.WRITE -> {
                long offset = packet.longNumber();
                int start = packet.skip();
                file.written(offset, packet.frame, start, packet.end().frame.length - start);
                pass(id, packet, answer -> onStatus(file, answer));
            }
            case Packet.FSETSTAT -> {
                Asked.attributes(packet);
                packet.end();
                setAttributes(id, packet, file);
            }
            case Packet.CLOSE -> pass(id, packet.end(), answer -> closed(handle, file, answer));
            default -> pass(id, packet.end(), answer -> onStatus(file, answer));
        }
    }

    private void setAttributes(int id, Packet packet, OpenFile file) throws IOException {
        Asked asked = new Asked(
                FileAccess.Mode.SET_ATTRIBUTES,
                List.of(SshVocabulary.SETATTR),
                List.of(file.path.spelled()),
                true,
                false,
                false);
        busy = true;
        judge(id, packet, asked, List.of(file.path));
    }

    private void read(OpenFile file, long offset, Packet answer) throws IOException {
        if (answer.type() == Packet.DATA) {
            int start = answer.skip();
            file.read(offset, answer.frame, start, answer.position() - start);
            forward(answer);
        } else {
            onStatus(file, answer);
        }
    }

    private void onStatus(OpenFile file, Packet answer) throws IOException {
        if (answer.type() == Packet.STATUS) {
            file.status(answer.number());
        }
        forward(answer);
    }

    private void closed(ByteBuffer handle, OpenFile file, Packet answer) throws IOException {
        open.remove(handle);
        deeds.remove(file.deed);
        if (answer.type() == Packet.STATUS) {
            file.status(answer.number());
        }
        complete(file.deed, file.outcome(Outcome.Status.SUCCEEDED, "closed"), answer);
    }

    /** Records an outcome, then lets the client have the answer. */
    private void complete(Ends.Deed deed, Outcome outcome, Packet answer) {
        deed.complete(outcome).whenComplete((written, failure) -> {
            if (failure == null) {
                forward(answer);
            } else {
                ends.journalFailed();
            }
        });
    }

    private void asked(int id, Packet packet, @Nullable Asked asked) throws IOException {
        if (asked == null) {
            refuse(id, packet, Packet.UNSUPPORTED, "sallyport: this request is not carried");
            return;
        }
        if (asked.opens() && open.size() >= MOST_OPEN) {
            refuse(id, packet, Packet.FAILURE, "sallyport: too many files are open");
            return;
        }
        if (asked.paths().stream().anyMatch(RemotePath::hasZero)) {
            refuse(id, packet, Packet.FAILURE, "sallyport: a path has no zero byte");
            return;
        }
        busy = true;
        resolve(id, packet, asked, new ArrayList<>());
    }

    /** Asks the target what each path is, one after the other. */
    private void resolve(int id, Packet packet, Asked asked, List<RemotePath> named) throws IOException {
        if (named.size() == asked.paths().size()) {
            judge(id, packet, asked, named);
            return;
        }
        byte[] path = asked.paths().get(named.size());
        boolean whole = asked.follows() || !RemotePath.hasName(path);
        while (waiting.containsKey(ownId)) {
            ownId--;
        }
        int question = ownId--;
        waiting.put(question, answer -> {
            byte[] real = realPath(answer);
            ends.targetDone(answer.frame.length);
            named.add(new RemotePath(path, real == null || whole ? real : RemotePath.within(real, path)));
            resolve(id, packet, asked, named);
        });
        ends.toTarget(Packet.realpath(question, whole ? path : RemotePath.parent(path)), 0);
    }

    private static byte @Nullable [] realPath(Packet answer) throws IOException {
        if (answer.type() != Packet.NAME || answer.number() != 1) {
            return null;
        }
        byte[] path = answer.bytes();
        return path.length > 0 && path[0] == '/' ? path : null;
    }

    private void judge(int id, Packet packet, Asked asked, List<RemotePath> named) {
        ends.judge(asked.action(named), new Ends.Answer() {
            @Override
            public void allowed(Ends.Deed deed, boolean masked) {
                if (over) {
                    deed.complete(new Outcome(Outcome.Status.CANCELLED, "", -1, 0, "the client left"));
                } else if (masked && asked.content() && !ends.passUnmaskable()) {
                    deed.complete(new Outcome(Outcome.Status.FAILED, "", -1, 0, "a file's content cannot be masked"));
                    refuse(
                            id,
                            packet,
                            Packet.PERMISSION_DENIED,
                            "sallyport: a file's content cannot be masked [unmaskable] (" + deed.where() + ")");
                    go();
                } else {
                    deeds.add(deed);
                    pass(id, packet, answer -> done(asked, named, deed, answer));
                    go();
                }
            }

            @Override
            public void denied(String line) {
                if (!over) {
                    refuse(id, packet, Packet.PERMISSION_DENIED, line);
                    go();
                }
            }
        });
    }

    private void go() {
        busy = false;
        ends.again(this::pump);
    }

    private void done(Asked asked, List<RemotePath> named, Ends.Deed deed, Packet answer) throws IOException {
        if (asked.opens() && answer.type() == Packet.HANDLE) {
            open.put(ByteBuffer.wrap(answer.bytes()), new OpenFile(named.get(0), deed));
            forward(answer);
            return;
        }
        deeds.remove(deed);
        int code = answer.type() == Packet.STATUS ? answer.number() : Packet.OK;
        boolean well = code == Packet.OK;
        complete(
                deed,
                new Outcome(well ? Outcome.Status.SUCCEEDED : Outcome.Status.FAILED, "status " + code, -1, 0, null),
                answer);
    }

    private void answer(Packet answer) throws IOException {
        if (answer.type() == Packet.VERSION && greeted && !versioned) {
            versioned = true;
            ends.toClient(Extensions.filter(answer), answer.frame.length);
            return;
        }
        Waiting asker = versioned ? waiting.remove(answer.number()) : null;
        if (asker == null) {
            if (over) {
                return;
            }
            throw new IOException("an SFTP answer to nothing");
        }
        asker.answer(answer);
    }
}
