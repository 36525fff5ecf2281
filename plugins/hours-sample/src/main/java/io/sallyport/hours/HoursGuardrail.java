package io.sallyport.hours;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.Verb;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Denies outside of its hours. Stateless, so safe for any number of threads. */
final class HoursGuardrail implements Guardrail {

    private static final Set<ActionKind> KINDS = Set.copyOf(EnumSet.allOf(ActionKind.class));

    private final LocalTime from;
    private final LocalTime to;
    private final ZoneId zone;
    private final Set<Verb> verbs;
    private final Verdict closed;

    HoursGuardrail(String name, HoursConfig config) {
        from = LocalTime.parse(config.from());
        to = LocalTime.parse(config.to());
        zone = ZoneId.of(config.zone());
        verbs = Set.copyOf(config.verbs());
        closed = new Verdict.Deny(
                name, "this is allowed from " + from + " to " + to + " " + zone + " only; ask again then");
    }

    @Override
    public Set<ActionKind> understands() {
        return KINDS;
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.ACCESSES, Part.TIME);
    }

    @Override
    public CompletionStage<Verdict> evaluate(Operation operation) {
        boolean free = !bound(operation.action()) || open(LocalTime.ofInstant(operation.time(), zone));
        return Guardrail.answer(free ? Verdict.Allow.PLAIN : closed);
    }

    /** What cannot be read completely may be anything, so it is bound as well. */
    private boolean bound(Action action) {
        return verbs.isEmpty()
                || action.opaque()
                || action.accesses().stream().anyMatch(access -> verbs.contains(access.verb()));
    }

    private boolean open(LocalTime now) {
        boolean begun = !now.isBefore(from);
        boolean over = !now.isBefore(to);
        return from.isBefore(to) ? begun && !over : begun || !over;
    }
}
