package io.sallyport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection so that the peer can read what it was told last. A socket that is closed while bytes of the peer lie
 * unread is reset, and the peer may lose the message: so only the sending side is closed at first, and what the peer still
 * sends is read and dropped for a moment.
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class LastWords {

    private static final int LINGER_MILLISECONDS = 500;

    private LastWords() {}

    /** Writes the message, which is taken over, and closes. What is read from now on must be dropped by the handlers. */
    public static void say(Channel channel, ReadGate gate, ByteBuf message) {
        channel.writeAndFlush(message).addListener(written -> {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (!written.isSuccess()) {
                channel.close();
                return;
            }
            if (tls != null) {
                tls.closeOutbound();
            } else if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
            gate.openAll();
            channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLISECONDS, TimeUnit.MILLISECONDS);
        });
    }
}
