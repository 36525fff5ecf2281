package io.sallyport.masking;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.Trait;
import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Allows operations with a masking, and denies those that would let a masked value out in a way that no mask can undo:
 * through an expression, through what a predicate or an order reveals, or by being written elsewhere.
 */
final class MaskingGuardrail implements Guardrail {
    private static final Set<ActionKind> KINDS = Set.copyOf(EnumSet.allOf(ActionKind.class));

    /** Whose answers have fields; those of others are bytes, which a connector masks or does not let pass. */
    private static final Set<ActionKind> WITH_FIELDS = Set.of(ActionKind.SQL_STATEMENT, ActionKind.API_REQUEST);

    private static final Set<Trait> REVEALING = Set.of(Trait.COMPUTED, Trait.TESTED, Trait.STORED);

    private final String name;
    private final List<MaskingConfig.MaskedField> fields;
    private final @Nullable Mask requests;
    private final CompletionStage<Verdict> untouched;
    private final CompletionStage<Verdict> touched;

    MaskingGuardrail(String name, MaskingConfig config) {
        this.name = name;
        this.fields = config.fields();
        boolean idle = fields.isEmpty() && config.detectors().isEmpty();
        Masks masks = new Masks(config);
        requests = masks.detecting(Field.Type.TEXT);
        untouched = Guardrail.answer(
                idle ? Verdict.Allow.PLAIN : new Verdict.Allow(new FieldMasking(fields, masks, false)));
        touched = Guardrail.answer(new Verdict.Allow(new FieldMasking(fields, masks, true)));
    }

    @Override
    public Set<ActionKind> understands() {
        return KINDS;
    }

    @Override
    public Set<Part> reads() {
        return fields.isEmpty() ? Set.of() : Set.of(Part.ACCESSES);
    }

    @Override
    public @Nullable Mask requestMask() {
        return requests;
    }

    @Override
    public CompletionStage<Verdict> evaluate(Operation operation) {
        Action action = operation.action();
        if (fields.isEmpty() || !WITH_FIELDS.contains(action.kind())) {
            return untouched;
        }
        if (action.opaque()) {
            return deny("it cannot be told whether this reads " + fields.get(0).field() + " or another masked field: "
                    + action.analysis().opaqueBecause());
        }
        boolean touches = false;
        for (Access access : action.accesses()) {
            for (MaskingConfig.MaskedField masked : fields) {
                if (masked.field().touches(access.resource())) {
                    if (!Collections.disjoint(access.traits(), REVEALING)) {
                        return deny(
                                access.resource() + " is masked: it may be read as it is, but not compared, sorted by,"
                                        + " computed with or written elsewhere");
                    }
                    touches = true;
                }
            }
        }
        return touches ? touched : untouched;
    }

    private CompletionStage<Verdict> deny(String reason) {
        return Guardrail.answer(new Verdict.Deny(name, reason));
    }
}
