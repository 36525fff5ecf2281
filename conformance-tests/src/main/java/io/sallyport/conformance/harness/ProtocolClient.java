package io.sallyport.conformance.harness;

import java.io.IOException;
import java.time.Duration;

/**
 * A client of the protocol, connected to the gateway. It shows what it is told and hides nothing of it.
 *
 * <p>Used by one thread at a time. A request that the connection cannot take any more because it has ended is no error: the
 * next reply is {@link Reply.Kind#CLOSED}.
 */
public interface ProtocolClient extends AutoCloseable {

    /** Shows a token and asks for a target; a success or what refuses it. */
    Reply login(String token, String target) throws IOException;

    /** Sends one request and waits for nothing. */
    void send(String request) throws IOException;

    /** The next thing that the client is told; {@link Reply.Kind#NOTHING} if there is none within the time. */
    Reply receive(Duration within) throws IOException;

    /** The bytes that {@link #send} would write; wanted for {@link Capability#RAW_BYTES}. */
    default byte[] encode(String request) {
        return new byte[0];
    }

    /** Writes bytes as they are; wanted for {@link Capability#RAW_BYTES}. */
    default void write(byte[] bytes) throws IOException {
        throw new IOException("bytes cannot be written as they are");
    }

    /** Ends the client's output and goes on reading; wanted for {@link Capability#HALF_CLOSE}. */
    default void endOutput() throws IOException {
        close();
    }

    /** Takes back the request that waits; wanted for {@link Capability#CANCEL}. */
    default void cancel() throws IOException {
        close();
    }

    /** Leaves, as a client does whose process ends. */
    @Override
    void close() throws IOException;
}
