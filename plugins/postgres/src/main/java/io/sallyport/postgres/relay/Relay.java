package io.sallyport.postgres.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.sallyport.api.session.JournalUnavailableException;
import io.sallyport.api.session.Outcome;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.Sessions;
import io.sallyport.netty.LastWords;
import io.sallyport.netty.Outbound;
import io.sallyport.netty.ProtocolException;
import io.sallyport.netty.ReadGate;
import io.sallyport.postgres.startup.CancelKeys;
import io.sallyport.postgres.startup.Relays.Judged;
import io.sallyport.postgres.startup.Relays.LoggedIn;
import io.sallyport.postgres.startup.Relays.Setting;
import io.sallyport.postgres.startup.Services;
import io.sallyport.postgres.statement.StatementReader;
import io.sallyport.postgres.wire.BackendMessages;
import io.sallyport.postgres.wire.Frontend;
import io.sallyport.postgres.wire.FrontendMessages;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session between its two sockets: what both sides share, and how it ends.
 *
 * <p>Confined to the event loop of both channels.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class Relay implements Sessions.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    final Services services;
    final StatementReader reader;
    final RelayCaches caches;
    final LoggedIn loggedIn;
    final Session session;
    final Outbound toClient;
    final Outbound toTarget;
    final Expectations expectations = new Expectations();
    final NameTable<Statement> statements = new NameTable<>();
    final NameTable<Work> portals = new NameTable<>();
    final RelayCaches.Newest newest;
    final Tracked tracked;
    final SqlPrepared prepared;
    final Asking asking;
    final ClientSide clientSide;
    final TargetSide targetSide;
    private final CancelKeys.Key cancelKey;
    private final Runnable gone;
    private final ReadGate targetGate;
    private int stagesAwaited;
    private boolean draining;
    private boolean ended;

    Relay(Services services, StatementReader reader, RelayCaches caches, LoggedIn loggedIn, Runnable gone) {
        this.services = services;
        this.reader = reader;
        this.caches = caches;
        this.loggedIn = loggedIn;
        this.gone = gone;
        this.session = loggedIn.session();
        Channel client = loggedIn.client();
        Channel target = loggedIn.target().channel();
        this.toClient = new Outbound(client);
        this.toTarget = new Outbound(target);
        this.targetGate = new ReadGate(target);
        this.newest = caches.newestOf(session.target());
        this.tracked = new Tracked(loggedIn.charset(), newest);
        this.prepared = new SqlPrepared(this);
        this.asking = new Asking(this);
        this.clientSide = new ClientSide(this);
        this.targetSide = new TargetSide(this);
        this.cancelKey = services.cancelKeys()
                .register(loggedIn.cancelKeyLength(), () -> client.eventLoop().execute(this::cancelRequested));
    }

    /** Learns what it must know of the target, then tells the client that it is ready. */
    void begin() {
        loggedIn.clientLeg().reader().handTo(clientSide);
        loggedIn.clientLeg().handTo(clientSide);
        loggedIn.target().leg().reader().handTo(targetSide);
        loggedIn.target().leg().handTo(targetSide);
        guarded(() -> {
            loggedIn.target().parameters().forEach(targetSide.asides()::followParameter);
            if (loggedIn.settings().denied() == null) {
                after(loggedIn.settings().taken(), () -> asking.refresh(this::greet));
            } else {
                refuseSetting(loggedIn.settings());
            }
            loggedIn.target().leg().reader().resume();
        });
    }

    /** A setting that the target does not know either is answered by the target's own error. */
    private void refuseSetting(Judged judged) {
        judged.refused("42501");
        Setting denied = Objects.requireNonNull(judged.denied());
        asking.whetherKnown(denied.name(), unknown -> {
            if (unknown == null) {
                close("setting-denied", denied.name(), error("42501", judged.reason()));
            } else {
                close("setting-unknown", denied.name(), error(unknown.code(), unknown.text('M')));
            }
        });
    }

    private ByteBuf error(String code, @Nullable String text) {
        return BackendMessages.error("FATAL", code, text == null ? "" : text, tracked.charset());
    }

    private void greet() {
        if (ended) {
            return;
        }
        if (tracked.isStale()) {
            fatal("08006", "the catalog of the target cannot be read", "catalog-unreadable");
            return;
        }
        loggedIn.target()
                .parameters()
                .forEach((name, value) -> toClient.write(BackendMessages.parameterStatus(name, value)));
        toClient.write(BackendMessages.backendKeyData(cancelKey.process(), cancelKey.secret()));
        toClient.write(BackendMessages.ready(toClient.channel().alloc(), 'I'));
        loggedIn.timeout().cancel(false);
        loggedIn.clientGate().open(ReadGate.Reason.BACKLOG);
        flush();
        loggedIn.clientLeg().reader().resume();
        flush();
    }

    boolean isEnded() {
        return ended;
    }

    /** Runs a call back that comes from outside of a read, with everything that a read has around it. */
    void guarded(Runnable work) {
        try {
            work.run();
            flush();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    void flush() {
        toTarget.flush();
        toClient.flush();
    }

    /** Goes on when a stage of the core is complete: at once if it is. */
    void after(CompletionStage<@Nullable Void> stage, Runnable then) {
        var future = stage.toCompletableFuture();
        if (future.isDone() && !future.isCompletedExceptionally()) {
            then.run();
            return;
        }
        stagesAwaited++;
        targetSide.pause();
        stage.whenComplete((done, failure) -> guarded(() -> {
            stagesAwaited--;
            if (failure != null) {
                throw new JournalUnavailableException("the outcome of an action could not be recorded", failure);
            }
            if (!ended) {
                then.run();
                resumeTarget();
            }
        }));
    }

    /** Lets the target's answers come if no stage is awaited. */
    void resumeTarget() {
        if (stagesAwaited == 0) {
            targetSide.resume();
        }
    }

    /** The other side of a leg takes more, or not. */
    void targetWritable(boolean writable) {
        if (writable) {
            loggedIn.clientGate().open(ReadGate.Reason.PEER_SLOW);
        } else {
            loggedIn.clientGate().close(ReadGate.Reason.PEER_SLOW);
        }
    }

    void clientWritable(boolean writable) {
        if (writable) {
            targetGate.open(ReadGate.Reason.PEER_SLOW);
        } else {
            targetGate.close(ReadGate.Reason.PEER_SLOW);
        }
    }

    private void cancelRequested() {
        if (ended) {
            return;
        }
        guarded(() -> {
            if (!clientSide.cancelHeld() && !expectations.isEmpty()) {
                if (loggedIn.target().cancelKey() == null) {
                    session.note("cancel request: the target cannot cancel");
                } else {
                    session.note("cancel request");
                    services.targets().cancel(session.target(), loggedIn.target());
                }
            }
        });
    }

    /** Ends the session as soon as nothing runs. */
    void drain() {
        draining = true;
        endIfDrained();
    }

    void endIfDrained() {
        if (draining && expectations.isEmpty() && targetSide.status() == 'I' && !clientSide.isWaiting()) {
            end(new Sessions.Ending(Sessions.EndCause.SHUTDOWN, "the gateway shuts down"));
        }
    }

    @Override
    public void end(Sessions.Ending ending) {
        fatal("57P01", ending.reason(), ending.cause().name().toLowerCase(Locale.ROOT));
    }

    void failed(RuntimeException cause) {
        if (ended) {
            return;
        }
        if (cause instanceof ProtocolException wrong) {
            fatal("08P01", wrong.getMessage(), "protocol-violation");
        } else if (cause instanceof JournalUnavailableException) {
            fatal("58030", "the journal cannot write", "journal");
        } else {
            LOG.error("session {} failed", session.id(), cause);
            fatal("XX000", "internal error", "internal-error");
        }
    }

    /** Tells the client in one message, and ends. */
    void fatal(String code, String reason, String cause) {
        String text = "sallyport: " + reason + " (session " + session.id() + ")";
        close(cause, reason, error(code, text));
    }

    void close(String cause, String detail, @Nullable ByteBuf lastWords) {
        if (ended) {
            if (lastWords != null) {
                lastWords.release();
            }
            return;
        }
        ended = true;
        services.cancelKeys().remove(cancelKey);
        loggedIn.timeout().cancel(false);
        boolean busy = !expectations.isEmpty();
        boolean midFrame = targetSide.isInsideFrame();
        clientSide.dropped(cause);
        abandonWork(detail);
        sayGoodbye(busy);
        if (lastWords != null && !midFrame) {
            toClient.emit();
            LastWords.say(toClient.channel(), loggedIn.clientGate(), lastWords);
        } else {
            if (lastWords != null) {
                lastWords.release();
            }
            toClient.flush();
            toClient.channel().close();
        }
        loggedIn.clientLeg().reader().close();
        loggedIn.target().leg().reader().close();
        targetSide.release();
        try {
            session.close(new Session.Closing(cause, detail));
        } finally {
            gone.run();
        }
    }

    private void sayGoodbye(boolean busy) {
        Channel target = toTarget.channel();
        if (!target.isActive()) {
            return;
        }
        if (busy) {
            services.targets().cancel(session.target(), loggedIn.target());
        }
        if (toTarget.isTrickling()) {
            // The end of a message of the client's must not be made of a message of ours.
            target.close();
            return;
        }
        target.writeAndFlush(FrontendMessages.bare(target.alloc().buffer(5), Frontend.TERMINATE))
                .addListener(ChannelFutureListener.CLOSE);
    }

    private void abandonWork(String detail) {
        try {
            while (!expectations.isEmpty()) {
                if (expectations.context() instanceof Work work) {
                    work.complete(Outcome.Status.UNKNOWN, "", detail);
                }
                expectations.remove();
            }
            portals.forget(work -> work.complete(Outcome.Status.SUCCEEDED, "", "portal closed with the session"));
        } catch (JournalUnavailableException e) {
            LOG.error("session {}: outcomes could not be recorded", session.id());
        }
    }
}
