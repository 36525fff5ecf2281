package io.sallyport.conformance.guardrail;

import io.sallyport.api.action.Action;
import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.GuardrailFactory;
import java.util.List;

/** A guardrail with actions that show what it does. */
public interface GuardrailHarness {

    /** The text that masks must hide, in samples of {@link #masked}. */
    String CANARY = "carol@example.org";

    /** The guardrail's factory. */
    GuardrailFactory<?> factory();

    /** A configuration under which the samples are answered as they say, see {@link Configured}. */
    Record config();

    /** At least one action that is allowed. For a guardrail that denies or holds also one that is not. */
    List<Sample> samples();

    /** Fields whose values this guardrail masks in the answers to the samples that it allows; none if it masks nothing. */
    default List<Field> masked() {
        return List.of();
    }

    /** What is expected of a guardrail. */
    enum Expected {
        /** It allows. */
        ALLOW,
        /** It denies. */
        DENY,
        /** It asks people. */
        HOLD
    }

    /**
     * One action and what the guardrail says to it.
     *
     * @param action the action
     * @param expected the verdict
     */
    record Sample(Action action, Expected expected) {}
}
