package io.sallyport.policy;

import io.sallyport.api.config.Secret;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Evidence;
import io.sallyport.api.session.Admission;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import io.sallyport.launch.Gateway;
import io.sallyport.launch.StartException;
import io.sallyport.launch.reload.Actor;
import io.sallyport.launch.reload.ReloadReport;
import io.sallyport.plugin.PluginCatalog;
import io.sallyport.policy.Explanation.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The whole core with a connector that the test speaks for. */
final class RunningGateway implements AutoCloseable {

    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

    private final TalkingPlugin plugin = new TalkingPlugin();
    private final Gateway gateway;

    RunningGateway(Path file) throws StartException {
        gateway = Gateway.start(file, PluginCatalog.of(plugin), List.of());
    }

    /** Puts the file in force again. */
    ReloadReport reload() throws StartException {
        return gateway.reload(Actor.SIGNAL);
    }

    /** Opens a session on the target's own account; fails where the gateway refuses. */
    Session open(String token, String target, Sessions.Listener listener) {
        Admission admission = new Admission(new Evidence.Token(Secret.of(token)), target, null, null, CLIENT, Map.of());
        Sessions sessions = Objects.requireNonNull(plugin.context).sessions();
        Sessions.Opening opening = join(call(() -> sessions.open(admission, executor(), listener)));
        if (opening instanceof Sessions.Opening.Opened opened) {
            return opened.session();
        }
        throw new AssertionError(opening);
    }

    /** What becomes of an action of a session. */
    Answer ask(Session session, String text) {
        return answer(session, text);
    }

    /** What became of a request: the verdict, with rule and reason where it has them. */
    record Answer(Outcome verdict, String rule, String reason, boolean masked) {}

    Answer ask(String token, RandomPolicy.Request request) {
        Admission admission = new Admission(
                new Evidence.Token(Secret.of(token)),
                request.target(),
                request.account(),
                request.database(),
                CLIENT,
                Map.of());
        Sessions sessions = Objects.requireNonNull(plugin.context).sessions();
        Sessions.Opening opening = join(call(() -> sessions.open(admission, executor(), ending -> {})));
        if (opening instanceof Sessions.Opening.Refused refused) {
            if (refused.cause() != Sessions.Cause.FORBIDDEN) {
                throw new AssertionError(refused);
            }
            return new Answer(Outcome.NO_ACCESS, "", "", false);
        }
        Session session = ((Sessions.Opening.Opened) opening).session();
        try {
            return submit(session, request.text());
        } finally {
            join(call(() -> {
                session.close(new Session.Closing("client-closed", ""));
                return CompletableFuture.completedFuture(true);
            }));
        }
    }

    /** The first time judged, the second time out of the session's memory. */
    private Answer submit(Session session, String text) {
        Answer first = answer(session, text);
        Answer second = answer(session, text);
        // Where several guardrails hold, it is told of the one whose approval is made first.
        boolean held = first.verdict() == Outcome.HOLD && second.verdict() == Outcome.HOLD;
        if (!held && !first.equals(second)) {
            throw new AssertionError(first + " became " + second);
        }
        return second;
    }

    private Answer answer(Session session, String text) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Exchange exchange = join(call(() -> {
            Exchange submitted = session.submit(TalkingPlugin.action(text));
            submitted.onHold(held -> answer.complete(new Answer(Outcome.HOLD, "", held.reason(), false)));
            submitted.verdict().thenAccept(verdict -> answer.complete(of(verdict)));
            return CompletableFuture.completedFuture(submitted);
        }));
        Answer given = join(answer);
        join(call(() -> {
            exchange.cancel("seen");
            return CompletableFuture.completedFuture(true);
        }));
        return given;
    }

    private static Answer of(Verdict.Final verdict) {
        return verdict instanceof Verdict.Deny deny
                ? new Answer(Outcome.DENY, deny.rule(), deny.reason(), false)
                : new Answer(Outcome.ALLOW, "", "", ((Verdict.Allow) verdict).masking() != null);
    }

    private SessionExecutor executor() {
        return Objects.requireNonNull(plugin.executor);
    }

    private <T> CompletionStage<T> call(Supplier<CompletionStage<T>> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        executor().execute(() -> work.get().whenComplete((value, failure) -> {
            if (failure == null) {
                done.complete(value);
            } else {
                done.completeExceptionally(failure);
            }
        }));
        return done;
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        gateway.stop(java.time.Duration.ZERO);
    }
}
