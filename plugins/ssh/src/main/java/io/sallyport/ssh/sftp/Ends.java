package io.sallyport.ssh.sftp;

import io.sallyport.api.action.FileAccess;
import io.sallyport.api.session.Outcome;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What is around an SFTP stream: both sides and the core. On the session's loop. */
public interface Ends {

    /** Sends to the target. {@code credit} is how many of the client's bytes are done with thereby. */
    void toTarget(byte[] bytes, int credit);

    /** Sends to the client. {@code credit} is how many of the target's bytes are done with thereby. */
    void toClient(byte[] bytes, int credit);

    /** Bytes of the client that lead to nothing are done with. */
    void clientDone(int credit);

    /** Bytes of the target that lead to nothing are done with. */
    void targetDone(int credit);

    /** Asks for an action; the answer may come before this returns. */
    void judge(FileAccess action, Answer answer);

    /** Whether what cannot be masked may pass. */
    boolean passUnmaskable();

    /** An outcome cannot be recorded: the session ends. */
    void journalFailed();

    /** Runs something next; what it throws ends the connection. */
    void again(Step step);

    /** Something that may find a protocol broken. */
    @FunctionalInterface
    interface Step {
        /** Does it. */
        void run() throws IOException;
    }

    /** Hears what became of an action. */
    interface Answer {

        /**
         * It may be done.
         *
         * @param masked whether something of the answer must be hidden
         */
        void allowed(Deed deed, boolean masked);

        /** It may not; the line is for the client. */
        void denied(String line);
    }

    /** An action that may be done. */
    interface Deed {

        /** The session and the number by which people find it. */
        String where();

        /** Records what became of it. */
        CompletionStage<@Nullable Void> complete(Outcome outcome);
    }
}
