package io.sallyport.ssh;

import io.sallyport.api.Recording;
import io.sallyport.api.action.Action;
import io.sallyport.api.config.HostPort;
import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Evidence;
import io.sallyport.api.principal.Principal;
import io.sallyport.api.session.Admission;
import io.sallyport.api.session.Exchange;
import io.sallyport.api.session.Outcome;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import io.sallyport.api.session.TargetAccess;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A core that is operated by hand: every verdict is what the test says, and everything is written down. */
final class FakeSessions implements Sessions {

    /** The token that is let in. */
    static final String TOKEN = "let-me-in";

    /** What the test answers instead of a final verdict to have an action wait. */
    static final Verdict.Final HOLD = new Verdict.Deny("hold", "hold");

    final List<FakeSession> opened = new CopyOnWriteArrayList<>();
    final List<Admission> admissions = new CopyOnWriteArrayList<>();
    volatile Function<Action, Verdict.Final> judge = action -> Verdict.Allow.PLAIN;
    volatile @Nullable Masking masking;
    volatile boolean passUnmaskable;
    volatile boolean slowOutcomes;
    volatile String longToken = TOKEN;
    final Set<String> keys = java.util.concurrent.ConcurrentHashMap.newKeySet();
    volatile Recording.Level results = Recording.Level.FULL;
    private final AtomicInteger numbers = new AtomicInteger();
    private final HostPort target;
    private final String account;
    private final String key;
    private final Record options;

    FakeSessions(HostPort target, String account, String key, Record options) {
        this.target = target;
        this.account = account;
        this.key = key;
        this.options = options;
    }

    @Override
    public CompletionStage<Opening> open(Admission admission, SessionExecutor executor, Listener listener) {
        admissions.add(admission);
        boolean known = known(admission.evidence());
        CompletableFuture<Opening> result = new CompletableFuture<>();
        executor.execute(() -> {
            if (!known) {
                result.complete(new Opening.Refused(Cause.UNAUTHENTICATED, "the token is not valid"));
                return;
            }
            FakeSession session = new FakeSession(admission, executor, listener);
            opened.add(session);
            result.complete(new Opening.Opened(session));
        });
        return result;
    }

    private boolean known(Evidence evidence) {
        if (evidence instanceof Evidence.Token token) {
            String shown = token.token().reveal();
            boolean right = shown.equals(TOKEN) || shown.equals(longToken);
            token.token().close();
            return right;
        }
        return (evidence instanceof Evidence.Key shown && keys.contains(shown.fingerprint()))
                || (evidence instanceof Evidence.Certificate certificate && keys.contains(certificate.keyId()));
    }

    FakeSession last() {
        return opened.get(opened.size() - 1);
    }

    /** One opened session. */
    final class FakeSession implements Session {

        final List<FakeExchange> exchanges = new CopyOnWriteArrayList<>();
        final List<String> own = new CopyOnWriteArrayList<>();
        final List<String> notes = new CopyOnWriteArrayList<>();
        volatile @Nullable Closing closing;
        private final Admission admission;
        private final SessionExecutor executor;
        private final Listener listener;
        private final String id = "s" + numbers.incrementAndGet();
        private final Credential credential =
                Credential.of(null, Map.of(Credential.Part.PRIVATE_KEY, Secret.of(key)), () -> {});

        FakeSession(Admission admission, SessionExecutor executor, Listener listener) {
            this.admission = admission;
            this.executor = executor;
            this.listener = listener;
        }

        void end(Ending ending) {
            executor.execute(() -> listener.end(ending));
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Principal principal() {
            return new Principal("test", "alice", "alice", Set.of(), Map.of(), null);
        }

        @Override
        public TargetAccess target() {
            return new TargetAccess(
                    admission.target(),
                    URI.create("ssh://" + target),
                    List.of(target),
                    admission.account() == null ? account : admission.account(),
                    null,
                    options,
                    Map.of());
        }

        @Override
        public Credential credential() {
            return credential;
        }

        @Override
        public Recording recording() {
            return new Recording(Recording.Level.FULL, results, 1 << 20);
        }

        @Override
        public boolean passUnmaskable() {
            return passUnmaskable;
        }

        @Override
        public Exchange submit(Action action) {
            return exchange(action, false);
        }

        @Override
        public Exchange prepare(Action action) {
            return exchange(action, true);
        }

        private Exchange exchange(Action action, boolean preparing) {
            if (!executor.inThread()) {
                throw new IllegalStateException("called outside of the session's executor");
            }
            FakeExchange exchange = new FakeExchange(action, preparing, exchanges.size() + 1, executor);
            exchanges.add(exchange);
            Verdict.Final verdict = judge.apply(action);
            if (verdict == HOLD && preparing) {
                verdict = Verdict.Allow.PLAIN;
            }
            if (verdict != HOLD) {
                Masking present = masking;
                exchange.settle(
                        verdict instanceof Verdict.Allow && present != null ? new Verdict.Allow(present) : verdict);
            }
            return exchange;
        }

        @Override
        public void own(String what) {
            own.add(what);
        }

        @Override
        public void note(String what) {
            notes.add(what);
        }

        @Override
        public void close(Closing how) {
            if (closing == null) {
                closing = how;
                credential.close();
            }
        }
    }

    /** One submitted action. */
    final class FakeExchange implements Exchange {

        final Action action;
        final boolean preparing;
        volatile @Nullable Outcome outcome;
        volatile @Nullable String cancelled;
        final Map<Stream, ByteArrayOutputStream> recorded = new EnumMap<>(Map.of(
                Stream.INPUT, new ByteArrayOutputStream(),
                Stream.OUTPUT, new ByteArrayOutputStream(),
                Stream.ERROR, new ByteArrayOutputStream()));
        private final long number;
        private final SessionExecutor executor;
        private final CompletableFuture<Verdict.Final> verdict = new CompletableFuture<>();

        FakeExchange(Action action, boolean preparing, long number, SessionExecutor executor) {
            this.action = action;
            this.preparing = preparing;
            this.number = number;
            this.executor = executor;
        }

        private ByteArrayOutputStream of(Stream stream) {
            return Objects.requireNonNull(recorded.get(stream));
        }

        /** What was recorded of a stream. */
        String text(Stream stream) {
            return of(stream).toString(StandardCharsets.UTF_8);
        }

        int size(Stream stream) {
            return of(stream).size();
        }

        private void settle(Verdict.Final answer) {
            verdict.complete(answer);
        }

        /** People decide. */
        void decide(Verdict.Final answer) {
            executor.execute(() -> verdict.complete(answer));
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public Verdict.@Nullable Final decided() {
            return verdict.getNow(null);
        }

        @Override
        public CompletionStage<Verdict.Final> verdict() {
            return verdict;
        }

        @Override
        public void onHold(Consumer<Held> heard) {
            if (verdict.isDone()) {
                return;
            }
            heard.accept(new Held("ap-" + number, "https://gw/approvals/ap-" + number, "a person must agree"));
        }

        @Override
        public boolean recordsResults() {
            return results == Recording.Level.FULL;
        }

        @Override
        public void record(Stream stream, byte[] bytes, int offset, int length) {
            of(stream).write(bytes, offset, length);
        }

        @Override
        public CompletionStage<@Nullable Void> complete(Outcome what) {
            if (outcome != null) {
                throw new IllegalStateException("completed twice");
            }
            CompletableFuture<@Nullable Void> written = new CompletableFuture<>();
            if (slowOutcomes) {
                CompletableFuture.delayedExecutor(20, java.util.concurrent.TimeUnit.MILLISECONDS, executor)
                        .execute(() -> {
                            outcome = what;
                            written.complete(null);
                        });
            } else {
                outcome = what;
                written.complete(null);
            }
            return written;
        }

        @Override
        public void cancel(String reason) {
            cancelled = reason;
            executor.execute(() -> verdict.complete(new Verdict.Deny("cancelled", reason)));
        }
    }
}
