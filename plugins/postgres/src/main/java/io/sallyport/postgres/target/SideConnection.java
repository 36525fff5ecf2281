package io.sallyport.postgres.target;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.sallyport.api.session.Session;
import io.sallyport.netty.FrameReader;
import io.sallyport.netty.Leg;
import io.sallyport.netty.ProtocolException;
import io.sallyport.postgres.wire.Backend;
import io.sallyport.postgres.wire.Frontend;
import io.sallyport.postgres.wire.FrontendMessages;
import io.sallyport.postgres.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A second connection of a session to its target, with the session's credential, for statements of the gateway's own while
 * the first is busy. It is gone when they are answered.
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class SideConnection implements FrameReader.Frames, Leg.Events {

    private static final int SECONDS = 10;
    private static final int LONGEST = 1 << 24;

    private final List<String> statements;
    private final CompletableFuture<List<List<@Nullable String[]>>> result = new CompletableFuture<>();
    private final List<List<@Nullable String[]>> answers = new ArrayList<>();

    private SideConnection(List<String> statements) {
        this.statements = statements;
    }

    /** Connects, and runs statements in order. */
    static SideConnection ask(TargetConnector targets, Session session, List<String> statements, EventLoop loop) {
        SideConnection connection = new SideConnection(statements);
        new TargetLogin(targets, session, Map.of("client_encoding", "UTF8"))
                .start(loop)
                .whenComplete((target, failure) -> {
                    if (target == null) {
                        connection.fail("the login failed");
                    } else {
                        connection.begin(target);
                    }
                });
        loop.schedule(() -> connection.fail("no answer in time"), SECONDS, TimeUnit.SECONDS);
        return connection;
    }

    /** For each statement its rows; completes on the loop, and fails if any of them fails or after ten seconds. */
    public CompletionStage<List<List<@Nullable String[]>>> answers() {
        return result;
    }

    /** Nobody waits for the answers any more. */
    public void close() {
        fail("the session has ended");
    }

    private void begin(TargetSession target) {
        Channel channel = target.channel();
        result.whenComplete((rows, failure) -> channel.writeAndFlush(
                        FrontendMessages.bare(channel.alloc().buffer(5), Frontend.TERMINATE))
                .addListener(ChannelFutureListener.CLOSE));
        target.leg().reader().handTo(this);
        target.leg().handTo(this);
        ByteBuf out = channel.alloc().buffer();
        for (String statement : statements) {
            FrontendMessages.query(out, statement.getBytes(StandardCharsets.UTF_8));
        }
        answers.add(new ArrayList<>());
        channel.writeAndFlush(out);
        try {
            target.leg().reader().resume();
        } catch (ProtocolException e) {
            failed(e);
        }
    }

    @Override
    public boolean whole(int type, int size) {
        if (size > LONGEST) {
            throw new ProtocolException("a row too long");
        }
        return true;
    }

    @Override
    public void frame(int type, ByteBuf buffer, int start, int end) {
        switch (type) {
            case Backend.DATA_ROW ->
                answers.get(answers.size() - 1).add(Wire.row(buffer, start, end, StandardCharsets.UTF_8));
            case Backend.READY -> {
                if (answers.size() == statements.size()) {
                    result.complete(answers);
                } else {
                    answers.add(new ArrayList<>());
                }
            }
            case Backend.ERROR -> fail("a statement failed");
            default -> {}
        }
    }

    private void fail(String why) {
        result.completeExceptionally(new IllegalStateException(why));
    }

    @Override
    public void part(int type, ByteBuf buffer, int start, int end, boolean last) {
        throw new IllegalStateException("all frames are read whole");
    }

    @Override
    public void endOfBuffer() {
        // Nothing is kept.
    }

    @Override
    public void burst() {
        // Everything was flushed.
    }

    @Override
    public void writable(boolean writable) {
        // What is sent is short.
    }

    @Override
    public void failed(RuntimeException cause) {
        fail("the target broke the protocol");
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        fail("the target closed the connection");
    }
}
