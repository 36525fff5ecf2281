package io.sallyport.masking;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.action.Trait;
import io.sallyport.api.action.Verb;
import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Principal;
import io.sallyport.decision.ResourceGlob;
import io.sallyport.masking.detect.Detector;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operations, configurations and masks for the tests of this package. */
final class Fixture {
    static final ResourceKind RELATION = new ResourceKind("", '.', true);
    static final Field NOTE = new Field("note", resource("public", "orders", "note"), Field.Type.TEXT);

    private Fixture() {}

    static Resource resource(String... segments) {
        return Resource.of(RELATION, segments);
    }

    static Access select(Resource resource, Trait... traits) {
        return new Access(new Verb("select"), resource, Set.of(traits));
    }

    static MaskingConfig detecting(Mask.Strength with) {
        return new MaskingConfig(List.of(), List.of(Detector.values()), with, null);
    }

    static MaskingConfig masking(String field, Mask.Strength with) {
        ResourceGlob pattern = ResourceGlob.parse(field, List.of(RELATION));
        return new MaskingConfig(List.of(new MaskingConfig.MaskedField(pattern, with)), List.of(), null, null);
    }

    static Operation operation(Access... accesses) {
        return operation(SqlStatement.of(Analysis.exact("a statement", List.of(accesses)), Map.of()));
    }

    static Operation operation(Action statement) {
        Principal principal = new Principal("demo", "alice", "alice", Set.of("dev"), Map.of(), null);
        return new Operation(principal, "app", "app", "app", statement, Instant.EPOCH);
    }

    static Verdict verdict(MaskingConfig config, Operation operation) {
        Guardrail guardrail = new MaskingGuardrailFactory().create("mask-pii", config);
        return guardrail.evaluate(operation).toCompletableFuture().join();
    }

    static Masking allowed(MaskingConfig config, Operation operation) {
        if (verdict(config, operation) instanceof Verdict.Allow allow && allow.masking() != null) {
            return allow.masking();
        }
        throw new AssertionError("the operation is not allowed with masking");
    }

    /** The value as the client sees it: null if it is masked by null. */
    static @Nullable String seen(MaskingConfig config, Field field, String value) {
        return seen(allowed(config, operation()).maskFor(field), value);
    }

    static @Nullable String seen(@Nullable Mask mask, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        MaskedBytes sink = new MaskedBytes();
        if (mask == null || !mask.apply(utf8, 0, utf8.length, sink)) {
            return value;
        }
        return sink.isNull() ? null : new String(sink.array(), 0, sink.length(), StandardCharsets.UTF_8);
    }
}
