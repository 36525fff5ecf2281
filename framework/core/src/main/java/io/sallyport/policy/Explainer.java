package io.sallyport.policy;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Principal;
import io.sallyport.approval.access.Standing;
import io.sallyport.decision.Decisions;
import io.sallyport.decision.Judgement;
import io.sallyport.decision.Scope;
import io.sallyport.decision.Witness;
import io.sallyport.grant.Grants;
import io.sallyport.launch.compile.PluginCalls;
import io.sallyport.policy.Explanation.Answer;
import io.sallyport.policy.Explanation.GrantTried;
import io.sallyport.policy.Explanation.Outcome;
import io.sallyport.policy.Explanation.Reached;
import io.sallyport.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Says what would become of a request, and why.
 *
 * <ol>
 *   <li>The grant is found and the action judged by the very calls with which a session does both; this class only listens.
 *   <li>What only a running gateway knows is left out: revocations, people's approvals, how many sessions are open, and what a
 *       target says of its own objects.
 *   <li>Safe for use by several threads.
 * </ol>
 */
public final class Explainer implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final PolicyBook book;
    private final ExecutorService pool;
    private final Decisions decisions;

    /** Explains what a configuration decides. */
    public Explainer(PolicyBook book) {
        this.book = book;
        this.pool = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "explain");
            thread.setDaemon(true);
            return thread;
        });
        this.decisions = new Decisions(pool, DEADLINE);
    }

    /**
     * Explains a request.
     *
     * @throws IllegalArgumentException if its text cannot be read; the message says how to write it
     */
    public Explanation explain(Asked asked) {
        Target target = book.compiled().targets().get(asked.target());
        List<GrantTried> tried = new ArrayList<>();
        if (target == null) {
            return noAccess(asked, tried, "no such target: " + asked.target());
        }
        Grants.Answer answer = book.compiled()
                .grants()
                .find(
                        Grants.Request.of(asked.principal(), target, asked.account(), asked.database(), asked.client()),
                        asked.at(),
                        asked.approved() ? (grant, principal) -> approved(asked.at()) : Grants.Approved.NOTHING,
                        (grant, obstacle) -> tried.add(new GrantTried(grant.name(), obstacle)));
        if (answer instanceof Grants.Answer.Granted granted) {
            tried.add(new GrantTried(granted.grant().name(), null));
            return judged(asked, granted, tried, read(target, asked.text()));
        }
        return noAccess(asked, tried, ((Grants.Answer.None) answer).reason());
    }

    /** Access as people might approve it; for how long does not matter to one request. */
    private static Standing approved(Instant at) {
        return new Standing("assumed", at.plus(DEADLINE), false);
    }

    private Action read(Target target, String text) {
        ConnectorFactory<?> factory = book.connector(target.connector());
        Action action = PluginCalls.call(factory, () -> factory.read(text));
        if (action == null) {
            throw new IllegalArgumentException(
                    "connector type " + factory.type() + " reads no text, so that its requests cannot be explained");
        }
        return action;
    }

    private Explanation judged(Asked asked, Grants.Answer.Granted granted, List<GrantTried> tried, Action action) {
        Hearing hearing = new Hearing();
        Operation operation = new Operation(
                asked.principal(), asked.target(), granted.account(), granted.database(), action, asked.at());
        Judgement judgement = decisions
                .judge(granted.policy(), operation, hearing)
                .toCompletableFuture()
                .join();
        Explanation.Terms terms =
                new Explanation.Terms(granted.grant().name(), granted.account(), granted.database(), granted.until());
        Explanation.Request request = new Explanation.Request(
                action.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                action.text(),
                action.analysis().opaqueBecause(),
                hearing.reached);
        Decided decided = decided(judgement);
        return new Explanation(
                decided.outcome(),
                decided.rule(),
                decided.reason(),
                asker(asked.principal()),
                asked.target(),
                tried,
                terms,
                request,
                hearing.answers());
    }

    private record Decided(Outcome outcome, @Nullable String rule, String reason) {}

    private static Decided decided(Judgement judgement) {
        if (judgement instanceof Judgement.Denied denied) {
            return new Decided(
                    Outcome.DENY, denied.verdict().rule(), denied.verdict().reason());
        }
        Judgement.Passed passed = (Judgement.Passed) judgement;
        if (!passed.holds().isEmpty()) {
            Verdict.Hold hold = passed.holds().get(0);
            return new Decided(Outcome.HOLD, hold.rule(), hold.reason());
        }
        String masked = passed.masking() == null ? "" : "; fields of the answer may be masked";
        return new Decided(Outcome.ALLOW, null, "every access is covered, and no guardrail objects" + masked);
    }

    private static Explanation noAccess(Asked asked, List<GrantTried> tried, String reason) {
        return new Explanation(
                Outcome.NO_ACCESS,
                null,
                reason,
                asker(asked.principal()),
                asked.target(),
                tried,
                null,
                null,
                List.of());
    }

    private static Explanation.Asker asker(Principal principal) {
        return new Explanation.Asker(principal.issuer(), principal.subject(), principal.display(), principal.groups());
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    /** What the decision room does with one action. Guardrails answer on several threads. */
    private static final class Hearing implements Witness {

        private final List<Reached> reached = new ArrayList<>();
        private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();

        @Override
        public void covered(Access access, Scope.@Nullable Entry entry) {
            reached.add(new Reached(access.toString(), entry == null ? null : described(entry)));
        }

        private static String described(Scope.Entry entry) {
            return entry.resources().size() > 3 ? entry.origin() : entry.origin() + " " + entry.resources();
        }

        @Override
        public void answered(String guardrail, Verdict verdict) {
            if (verdict instanceof Verdict.Deny deny) {
                answers.add(new Answer(guardrail, "deny", deny.rule(), deny.reason()));
            } else if (verdict instanceof Verdict.Hold hold) {
                answers.add(new Answer(guardrail, "hold", hold.rule(), hold.reason()));
            } else {
                boolean masks = verdict instanceof Verdict.Allow allow && allow.masking() != null;
                answers.add(new Answer(guardrail, masks ? "allow with masking" : "allow", null, null));
            }
        }

        List<Answer> answers() {
            return answers.stream()
                    .sorted(Comparator.comparing(Answer::guardrail))
                    .toList();
        }
    }
}
