package io.sallyport.decision;

import io.sallyport.api.action.ActionKind;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Mask;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What decides about the actions of one grant on one connector's targets.
 *
 * @param grant the grant's name, which refusals by the scope show
 * @param scope what it allows
 * @param opaqueAllowed whether actions whose accesses may be incomplete can pass the scope
 * @param guardrails who judges what the scope allows
 * @param uncoveredAllowed whether kinds of action that some guardrail does not understand can pass it
 */
public record Policy(
        String grant, Scope scope, boolean opaqueAllowed, List<NamedGuardrail> guardrails, boolean uncoveredAllowed) {

    /** Copies the list. */
    public Policy {
        guardrails = List.copyOf(guardrails);
    }

    /**
     * A guardrail of the configuration.
     *
     * @param name its name there
     * @param guardrail the plugin's instance
     */
    public record NamedGuardrail(String name, Guardrail guardrail) {

        boolean understands(ActionKind kind) {
            return guardrail.understands().contains(kind);
        }
    }

    /** The kinds of action that some guardrail does not understand. */
    public static Set<ActionKind> uncovered(List<NamedGuardrail> guardrails, Set<ActionKind> kinds) {
        Set<ActionKind> uncovered = EnumSet.noneOf(ActionKind.class);
        for (ActionKind kind : kinds) {
            if (!guardrails.stream().allMatch(guardrail -> guardrail.understands(kind))) {
                uncovered.add(kind);
            }
        }
        return uncovered;
    }

    /** What must be hidden in records of requests, null if nothing. */
    public @Nullable Mask requestMask() {
        List<Mask> masks = new ArrayList<>();
        for (NamedGuardrail guardrail : guardrails) {
            Mask mask = guardrail.guardrail().requestMask();
            if (mask != null) {
                masks.add(mask);
            }
        }
        return MaskChain.of(masks);
    }

    /** Whether a verdict on this kind of action may depend on its text. */
    public boolean readsText(ActionKind kind) {
        return guardrails.stream()
                .anyMatch(guardrail -> guardrail.understands(kind)
                        && guardrail.guardrail().reads().contains(Guardrail.Part.TEXT));
    }

    /** Whether a verdict on an action depends on nothing but its analysis and its session's principal and target. */
    public boolean cacheable(ActionKind kind) {
        for (NamedGuardrail guardrail : guardrails) {
            Set<Guardrail.Part> reads = guardrail.guardrail().reads();
            boolean varies = reads.contains(Guardrail.Part.TIME)
                    || reads.contains(Guardrail.Part.PARAMETERS)
                    || (reads.contains(Guardrail.Part.TEXT) && kind != ActionKind.SQL_STATEMENT);
            if (varies && guardrail.understands(kind)) {
                return false;
            }
        }
        return true;
    }
}
