package io.sallyport.ssh.relay;

import java.io.IOException;
import org.apache.sshd.common.util.buffer.Buffer;

/** What a channel is used for: hears what either side sends on it. On the session's loop. */
interface Use {

    /** The client sent data. */
    void clientData(byte[] bytes, int offset, int length) throws IOException;

    /** The client sends no more data. */
    void clientEof();

    /** The client asks for something; {@code arguments} is good during the call only. */
    void clientRequest(String name, boolean wantReply, Buffer arguments) throws IOException;

    /**
     * The client has closed its side of the channel. Until the target has closed its own, what the target says of the end
     * still goes to the client: OpenSSH's closes as soon as it has read the end of the data, and the exit status comes later.
     */
    void clientCloses();

    /** The client is gone. */
    void clientGone(String why);

    /** The target sent data. */
    void targetData(byte[] bytes, int offset, int length, boolean error) throws IOException;

    /** The target sends no more data. */
    void targetEof();

    /** The target asks for something; {@code arguments} is good during the call only. */
    void targetRequest(String name, boolean wantReply, Buffer arguments) throws IOException;

    /** The target answers the oldest request that wants an answer. */
    void targetReply(boolean success) throws IOException;

    /** The target is done with the channel. */
    void targetClosed();

    /** The session ends: what runs is over, with a reason for the client. */
    void end(String reason);
}
