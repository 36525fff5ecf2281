package io.sallyport.ssh.relay;

import io.sallyport.api.session.Outcome;

/** What becomes of actions, in the words of this connector. */
final class Outcomes {

    private Outcomes() {}

    static Outcome cancelled(String why) {
        return new Outcome(Outcome.Status.CANCELLED, "", -1, 0, why);
    }

    static Outcome failed(String code, long bytes, String why) {
        return new Outcome(Outcome.Status.FAILED, code, -1, bytes, why);
    }

    static Outcome exit(long status, long bytes) {
        Outcome.Status how = status == 0 ? Outcome.Status.SUCCEEDED : Outcome.Status.FAILED;
        return new Outcome(how, "exit " + status, -1, bytes, null);
    }

    static Outcome signal(String name, long bytes) {
        return new Outcome(Outcome.Status.FAILED, "signal " + name, -1, bytes, null);
    }

    static Outcome unknown(long bytes) {
        return new Outcome(
                Outcome.Status.UNKNOWN, "", -1, bytes, "the target closed the channel without an exit status");
    }
}
