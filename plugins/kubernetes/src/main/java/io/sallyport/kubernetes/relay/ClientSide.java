package io.sallyport.kubernetes.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.sallyport.kubernetes.http.Headers;

/**
 * The client's side of one request, whatever the version of HTTP. All calls come on the connection's event loop.
 *
 * <ol>
 *   <li>An answer is {@link #head}, any number of {@link #body}, and {@link #end}; or {@link #abort} at any moment.
 *   <li>After {@link #tunnel} there is no answer any more: bytes go by {@link #raw}.
 * </ol>
 */
public interface ClientSide {

    /** The length of a body that is not known. */
    long UNKNOWN = -1;

    /** The connection's event loop. */
    EventLoop loop();

    /** Where buffers come from. */
    ByteBufAllocator alloc();

    /** Whether the request's body is wanted now. */
    void wantBody(boolean wanted);

    /** Tells a client that asked whether to send its body. */
    void proceed();

    /** Begins the answer. */
    void head(int status, Headers headers, long length);

    /** Sends bytes of the body; takes over the buffer. */
    void body(ByteBuf bytes);

    /** Ends the answer. */
    void end();

    /** Puts on the wire what was written. */
    void flush();

    /** Ends without an end: the client sees that the answer is not whole. */
    void abort();

    /** Whether the client takes more at the moment. */
    boolean writable();

    /** Whether the connection can become a tunnel. */
    boolean canTunnel();

    /** Answers 101 and becomes a tunnel. */
    void tunnel(Headers headers);

    /** Sends bytes through the tunnel; takes over the buffer. */
    void raw(ByteBuf bytes);

    /** Whether bytes from the tunnel are wanted now. */
    void wantRaw(boolean wanted);

    /** Ends the tunnel after what was written. */
    void closeTunnel();
}
