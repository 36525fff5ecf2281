package io.sallyport.ssh.relay;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.apache.sshd.common.util.buffer.Buffer;

/** Channel requests to a target that wait for its answer; answers come in the order of the requests. */
final class Questions {

    private final Leg target;
    private final ArrayDeque<Consumer<Boolean>> waiting = new ArrayDeque<>();

    Questions(Leg target) {
        this.target = target;
    }

    void ask(Buffer request, Consumer<Boolean> answer) {
        waiting.add(answer);
        target.send(request);
    }

    void answered(boolean success) throws IOException {
        Consumer<Boolean> answer = waiting.poll();
        if (answer == null) {
            throw new IOException("the target answers what was not asked");
        }
        answer.accept(success);
    }
}
