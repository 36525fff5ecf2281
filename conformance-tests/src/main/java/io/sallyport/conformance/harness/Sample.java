package io.sallyport.conformance.harness;

import io.sallyport.api.action.ActionKind;
import java.util.List;

/**
 * One thing that a client can ask for, and how it is to be read.
 *
 * @param kind the kind of action that it is
 * @param request what the client sends
 * @param accesses what it would do, each as {@code VERB RESOURCE}, in any order
 * @param arrives how the target spells it once it has arrived
 * @param spellings the same act in other spellings
 */
public record Sample(ActionKind kind, String request, List<String> accesses, String arrives, List<String> spellings) {

    /** Copies the lists. */
    public Sample {
        accesses = List.copyOf(accesses);
        spellings = List.copyOf(spellings);
    }

    /** A request that arrives as it was sent and has one spelling. */
    public static Sample of(ActionKind kind, String request, String... accesses) {
        return new Sample(kind, request, List.of(accesses), request, List.of());
    }

    /** This sample with another text at the target. */
    public Sample arriving(String text) {
        return new Sample(kind, request, accesses, text, spellings);
    }

    /** This sample with other spellings of the same act. */
    public Sample spelled(String... others) {
        return new Sample(kind, request, accesses, arrives, List.of(others));
    }
}
