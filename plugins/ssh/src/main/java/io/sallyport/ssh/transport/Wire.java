package io.sallyport.ssh.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the SSH library on a Netty channel: everything that comes in is handled on the channel's event loop, and
 * what is written during one turn of the loop leaves in one flush.
 *
 * <p>Both connections of a session are on one loop, so that their state needs no lock.
 */
public final class Wire extends AbstractCloseable implements IoSession {

    private static final AtomicLong IDS = new AtomicLong();
    private static final long BYTES_BEFORE_LOGIN = 1 << 20;

    /** So many turns of reading are acknowledged at once: as many as a login and the start of a command take. */
    private static final int PROMPT_READS = 64;

    /** So much is read before what was made of it leaves: more, and the other side waits for work meanwhile. */
    private static final int READS_PER_TURN = 4;

    private static final int LONGEST_READ = 64 * 1024;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

    private final long id = IDS.incrementAndGet();
    private final Channel channel;
    private final IoHandler handler;
    private final Map<Object, Object> attributes = new ConcurrentHashMap<>();
    private final Queue<Written> outgoing = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean writing = new AtomicBoolean();
    private long allowance = BYTES_BEFORE_LOGIN;
    private int promptReads = PROMPT_READS;
    private Runnable onWritable = () -> {};
    private Runnable onEnd = () -> {};

    private Wire(Channel channel, IoHandler handler) {
        this.channel = channel;
        this.handler = handler;
    }

    /**
     * Takes a channel over, on its loop.
     *
     * @throws IOException if the library refuses it
     */
    public static Wire attach(Channel channel, IoHandler handler) throws IOException {
        Wire wire = new Wire(channel, handler);
        AdaptiveRecvByteBufAllocator buffers = new AdaptiveRecvByteBufAllocator(64, 2048, LONGEST_READ);
        buffers.maxMessagesPerRead(READS_PER_TURN);
        channel.config().setRecvByteBufAllocator(buffers);
        channel.config().setWriteBufferWaterMark(WATER_MARK);
        try {
            handler.sessionCreated(wire);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the connection cannot be taken over", e);
        }
        channel.pipeline().addLast(wire.new Inbound());
        return wire;
    }

    /** The loop on which everything happens. */
    public EventLoop loop() {
        return channel.eventLoop();
    }

    /** Whether the peer takes what is written; if not, {@link #onWritable} tells when it does again. */
    public boolean writable() {
        return channel.isWritable();
    }

    /** Hears, on the loop, that the peer takes more again. */
    public void onWritable(Runnable listener) {
        onWritable = listener;
    }

    /** Hears, on the loop, that the connection is gone. */
    public void onEnd(Runnable listener) {
        onEnd = listener;
    }

    /** Lifts the limit on how many bytes may come in before login. */
    public void loggedIn() {
        allowance = Long.MAX_VALUE;
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public @Nullable SocketAddress getAcceptanceAddress() {
        return channel.localAddress();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return channel.remoteAddress();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return channel.localAddress();
    }

    @Override
    public @Nullable Object getAttribute(Object key) {
        return attributes.get(key);
    }

    @Override
    public @Nullable Object setAttribute(Object key, Object value) {
        return attributes.put(key, value);
    }

    @Override
    public @Nullable Object setAttributeIfAbsent(Object key, Object value) {
        return attributes.putIfAbsent(key, value);
    }

    @Override
    public @Nullable Object removeAttribute(Object key) {
        return attributes.remove(key);
    }

    /**
     * Any thread, in the order of encryption: the library's own threads write too, so that a write on the loop must not
     * overtake them. The library never touches a buffer again that it has given here: it is sent as it is.
     */
    @Override
    public IoWriteFuture writeBuffer(Buffer buffer) throws IOException {
        Written written = new Written(id, Unpooled.wrappedBuffer(buffer.array(), buffer.rpos(), buffer.available()));
        outgoing.add(written);
        if (writing.compareAndSet(false, true)) {
            loop().execute(this::write);
        }
        return written;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void write() {
        writing.set(false);
        Written next = outgoing.poll();
        while (next != null) {
            Written sent = next;
            channel.write(sent.bytes).addListener(done -> sent.settle(done.cause()));
            next = outgoing.poll();
        }
        channel.flush();
    }

    @Override
    public @Nullable IoService getService() {
        return null;
    }

    @Override
    public void shutdownOutputStream() {
        // What was written leaves by itself.
    }

    @Override
    public void suspendRead() {
        channel.config().setAutoRead(false);
    }

    @Override
    public void resumeRead() {
        channel.config().setAutoRead(true);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    protected CloseFuture doCloseGracefully() {
        loop().execute(() -> {
            write();
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(ChannelFutureListener.CLOSE)
                    .addListener(done -> closeFuture.setClosed());
        });
        return closeFuture;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    protected void doCloseImmediately() {
        loop().execute(() -> {
            write();
            channel.close();
        });
        super.doCloseImmediately();
    }

    private final class Inbound extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            ByteBuf bytes = (ByteBuf) message;
            try {
                allowance -= bytes.readableBytes();
                if (allowance < 0) {
                    throw new IOException("too many bytes before login");
                }
                handler.messageReceived(Wire.this, new Received(bytes));
            } finally {
                bytes.release();
            }
        }

        /**
         * OpenSSH's ends do not send a small packet while another one is not acknowledged (RFC 896), and this machine would
         * wait 40 ms for something to acknowledge it with: twice for each login, on either side.
         */
        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (promptReads > 0) {
                promptReads--;
                channel.config().setOption(EpollChannelOption.TCP_QUICKACK, true);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (channel.isWritable()) {
                onWritable.run();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) throws Exception {
            onEnd.run();
            handler.sessionClosed(Wire.this);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
            handler.exceptionCaught(Wire.this, cause);
        }
    }

    private record Received(ByteBuf bytes) implements Readable {

        @Override
        public int available() {
            return bytes.readableBytes();
        }

        @Override
        public void getRawBytes(byte[] data, int offset, int length) {
            bytes.readBytes(data, offset, length);
        }
    }

    private static final class Written extends AbstractIoWriteFuture {

        private final ByteBuf bytes;

        Written(Object id, ByteBuf bytes) {
            super(id, null);
            this.bytes = bytes;
        }

        void settle(@Nullable Throwable failure) {
            if (failure == null) {
                setValue(true);
            } else {
                setValue(failure);
            }
        }
    }
}
