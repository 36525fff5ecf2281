package io.sallyport.conformance.guardrail;

import static io.sallyport.conformance.guardrail.GuardrailFault.*;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.config.Default;
import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.guardrail.Masking;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Denies what drops, holds what updates, masks mail addresses. */
final class SmallGuardrail implements Guardrail {

    private final AtomicBoolean busy = new AtomicBoolean();
    private final SmallMask mask = new SmallMask(false);
    private final SmallMask requests = new SmallMask(true);
    private final ThreadLocal<Deque<Action>> last = ThreadLocal.withInitial(ArrayDeque::new);
    private int asked;

    /** Its configuration. */
    public record Config(@Default("drop") String denied) {}

    /** Its configuration, out of sight. */
    record Hidden(String denied) {}

    /** Makes it. */
    static final class Factory implements GuardrailFactory<Record> {

        private static final SmallGuardrail ONE = new SmallGuardrail();

        @Override
        public String type() {
            return TYPE_WITH_A_SPACE.on() ? "Small guardrail" : "small";
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Class<Record> configType() {
            return (Class) (HIDDEN_CONFIGURATION.on() ? Hidden.class : Config.class);
        }

        @Override
        public Guardrail create(String name, Record config) {
            return ONE_INSTANCE_FOR_ALL.on() ? ONE : new SmallGuardrail();
        }
    }

    @Override
    public Set<ActionKind> understands() {
        return FORGETS_WHAT_IT_UNDERSTANDS.on() && asked > 0
                ? EnumSet.of(ActionKind.SQL_STATEMENT)
                : EnumSet.of(ActionKind.SQL_STATEMENT, ActionKind.COMMAND);
    }

    @Override
    public Set<Part> reads() {
        return QUOTES_PARAMETERS.on() || (CHANGES_WHAT_IT_READS.on() && asked > 0)
                ? EnumSet.of(Part.ACCESSES, Part.PARAMETERS)
                : EnumSet.of(Part.ACCESSES);
    }

    @Override
    public @Nullable Mask requestMask() {
        return NEW_REQUEST_MASK_EACH_TIME.on() ? new SmallMask(true) : requests;
    }

    @Override
    @SuppressWarnings("NullAway") // that it answers null is one of its faults
    public CompletionStage<Verdict> evaluate(Operation operation) {
        asked++;
        Action action = operation.action();
        if (BLOCKS.on()) {
            LockSupport.parkNanos(12_000_000);
        }
        if (NULL_WHERE_THERE_IS_NO_ACCESS.on() && action.accesses().isEmpty()) {
            return Guardrail.answer(null);
        }
        if (THROWS_ON_WHAT_IS_OPAQUE.on() && action.opaque()) {
            throw new IllegalStateException("opaque");
        }
        if (QUADRATIC.on()) {
            LockSupport.parkNanos((long) action.text().length() * action.text().length() / 400);
        }
        if (ONE_THREAD_ONLY.on()) {
            if (!busy.compareAndSet(false, true)) {
                return Guardrail.answer(new Verdict.Deny("busy", "try again"));
            }
            LockSupport.parkNanos(20_000);
            busy.set(false);
        }
        boolean other = (MOODY.on() && bored(action))
                || (READS_TEXT.on() && action.text().startsWith("another"))
                || (READS_PRINCIPAL.on() && operation.principal().display().equals("root"))
                || (READS_TIME.on() && operation.time().isAfter(GuardrailStage.NOON))
                || (READS_PARAMETERS.on()
                        && action instanceof SqlStatement sql
                        && !sql.parameters().isEmpty());
        return Guardrail.answer(other ? new Verdict.Deny("other", "not now") : judge(action));
    }

    /** Whether the same action was asked about four times on end. */
    private boolean bored(Action action) {
        Deque<Action> before = last.get();
        if (!before.isEmpty() && before.peek() != action) {
            before.clear();
        }
        before.push(action);
        return before.size() > 3;
    }

    private Verdict judge(Action action) {
        List<Access> accesses = action.accesses();
        if (LOOKS_AT_TEN.on() && accesses.size() > 10) {
            accesses = accesses.subList(0, 10);
        }
        if (SECOND_OF_TWO_DECIDES.on() && accesses.size() == 2) {
            accesses = accesses.subList(1, 2);
        }
        if (any(accesses, "drop")) {
            return new Verdict.Deny(
                    "no-drop", DENIES_WITHOUT_A_REASON.on() ? "" : "nothing is dropped here" + quoted(action));
        }
        if (any(accesses, "update") && DENIES_WHAT_IT_SHOULD_HOLD.on()) {
            return new Verdict.Deny("no-update", "nothing changes here");
        }
        if (any(accesses, "update")) {
            return new Verdict.Hold(
                    "ask",
                    HOLDS_WITHOUT_A_REASON.on() ? "" : "people decide about changes",
                    new Approvers("demo", Set.of("dba"), 1),
                    Duration.ofMinutes(1),
                    Duration.ZERO);
        }
        return new Verdict.Allow(new MailMasking());
    }

    private static boolean any(List<Access> accesses, String verb) {
        return accesses.stream()
                .anyMatch(access -> access.verb().name().equals(verb)
                        && !(TRUSTS_WHAT_IS_UNRESOLVED.on()
                                && !access.resource().resolved()));
    }

    private static String quoted(Action action) {
        if (QUOTES_PARAMETERS.on()
                && action instanceof SqlStatement sql
                && !sql.parameters().isEmpty()) {
            byte[] value = Objects.requireNonNull(sql.parameters().get(0).value());
            return " like " + new String(value, StandardCharsets.UTF_8);
        }
        return "";
    }

    /** Masks a column by its origin. */
    private final class MailMasking implements Masking {

        @Override
        public @Nullable Mask maskFor(Field field) {
            return field.origin() != null && field.origin().lastSegment().equals("email") ? mask : null;
        }

        @Override
        public @Nullable Mask textMask() {
            return null;
        }

        @Override
        public boolean masksFields() {
            return !HIDES_THAT_IT_MASKS_FIELDS.on();
        }
    }
}
