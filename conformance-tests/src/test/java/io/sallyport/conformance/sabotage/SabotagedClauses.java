package io.sallyport.conformance.sabotage;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is proven of every group of clauses, with an implementation that has one fault at a time. */
public abstract class SabotagedClauses {

    private final Class<?> clauses;
    private final Fault[] faults;

    /**
     * A group.
     *
     * @param clauses the clauses, over an implementation without a fault unless one is switched on
     * @param faults everything that the implementation can do wrong
     */
    protected SabotagedClauses(Class<?> clauses, Fault... faults) {
        this.clauses = clauses;
        this.faults = faults;
    }

    @TestFactory
    @DisplayName("an implementation with one fault fails exactly the clause about it")
    Stream<DynamicTest> faults() {
        return Sabotage.eachFails(clauses, faults);
    }

    @Test
    @DisplayName("an implementation without a fault passes, and no clause is skipped")
    void passes() {
        Sabotage.passes(clauses);
    }

    @Test
    @DisplayName("each clause has a fault that breaks it")
    void complete() {
        Sabotage.eachClauseHasOne(clauses, faults);
    }
}
