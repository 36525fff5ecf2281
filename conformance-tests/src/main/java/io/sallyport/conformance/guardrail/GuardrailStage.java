package io.sallyport.conformance.guardrail;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.ApiRequest;
import io.sallyport.api.action.Command;
import io.sallyport.api.action.FileAccess;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.action.Tunnel;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Principal;
import io.sallyport.conformance.core.Patience;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One guardrail of a harness, and ways to ask it. */
final class GuardrailStage {

    static final Principal ALICE = new Principal("conformance", "alice", "alice", Set.of("dev"), Map.of(), null);
    static final Instant NOON = Instant.parse("2027-01-04T12:00:00Z");

    private final GuardrailHarness harness;

    GuardrailStage(GuardrailHarness harness) {
        this.harness = harness;
    }

    Guardrail guardrail() {
        return create(harness.factory(), harness.config());
    }

    private static <C extends Record> Guardrail create(GuardrailFactory<C> factory, Record config) {
        return factory.create("under-test", factory.configType().cast(config));
    }

    static Operation operation(Action action) {
        return new Operation(ALICE, "app", "app", "app", action, NOON);
    }

    /** The verdict, when it has come. */
    static Verdict verdict(Guardrail guardrail, Operation operation) {
        return guardrail
                .evaluate(operation)
                .toCompletableFuture()
                .orTimeout(Patience.signal().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    static Verdict verdict(Guardrail guardrail, Action action) {
        return verdict(guardrail, operation(action));
    }

    /** What a verdict is, without the objects that differ from one call to the next. */
    static String shown(Verdict verdict) {
        if (verdict instanceof Verdict.Allow allow) {
            return allow.masking() == null ? "allow" : "allow, masking";
        }
        return verdict.toString();
    }

    static GuardrailHarness.Expected kindOf(Verdict verdict) {
        if (verdict instanceof Verdict.Allow) {
            return GuardrailHarness.Expected.ALLOW;
        }
        return verdict instanceof Verdict.Deny ? GuardrailHarness.Expected.DENY : GuardrailHarness.Expected.HOLD;
    }

    /** The same action with another analysis. */
    static Action with(Action action, Analysis analysis) {
        if (action instanceof SqlStatement sql) {
            return new SqlStatement(analysis, sql.parameters(), sql.context());
        } else if (action instanceof Command command) {
            return new Command(analysis, command.argv(), command.terminal());
        } else if (action instanceof FileAccess file) {
            return new FileAccess(analysis, file.mode(), file.path());
        } else if (action instanceof ApiRequest request) {
            return new ApiRequest(analysis, request.method(), request.path(), request.body());
        }
        Tunnel tunnel = (Tunnel) action;
        return new Tunnel(analysis, tunnel.host(), tunnel.port());
    }

    /** The same action with other accesses. */
    static Action with(Action action, List<Access> accesses) {
        return with(action, Analysis.exact(action.text(), accesses));
    }

    /** The same action with another text. */
    static Action withText(Action action, String text) {
        return with(action, Analysis.exact(text, action.accesses()));
    }

    List<Action> of(GuardrailHarness.Expected expected) {
        return harness.samples().stream()
                .filter(sample -> sample.expected() == expected)
                .map(GuardrailHarness.Sample::action)
                .toList();
    }

    /** The samples that do not pass at once. */
    List<Action> stopped() {
        return harness.samples().stream()
                .filter(sample -> sample.expected() != GuardrailHarness.Expected.ALLOW)
                .map(GuardrailHarness.Sample::action)
                .toList();
    }

    List<Action> all() {
        return harness.samples().stream().map(GuardrailHarness.Sample::action).toList();
    }
}
