package io.sallyport.conformance.guardrail;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.action.Verb;
import io.sallyport.api.guardrail.Field;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.conformance.sabotage.Sabotage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The clauses of guardrails")
class SmallGuardrailTest {

    private static final ResourceKind RELATION = new ResourceKind("", '.', true);

    /** The small guardrail, without a fault unless one is switched on. */
    static final class Clauses extends GuardrailConformance {

        @Override
        protected GuardrailHarness harness() {
            return new Harness();
        }
    }

    private static final class Harness implements GuardrailHarness {

        @Override
        public GuardrailFactory<?> factory() {
            return new SmallGuardrail.Factory();
        }

        @Override
        public Record config() {
            return GuardrailFault.HIDDEN_CONFIGURATION.on()
                    ? new SmallGuardrail.Hidden("drop")
                    : new SmallGuardrail.Config("drop");
        }

        @Override
        public List<Sample> samples() {
            return List.of(
                    new Sample(statement("select"), Expected.ALLOW),
                    new Sample(statement("update"), Expected.HOLD),
                    new Sample(statement("drop"), Expected.DENY));
        }

        @Override
        public List<Field> masked() {
            return List.of(new Field("e", Resource.of(RELATION, "public", "people", "email"), Field.Type.TEXT));
        }

        private static Action statement(String verb) {
            Access access = Access.of(new Verb(verb), Resource.of(RELATION, "public", "people"));
            return SqlStatement.of(Analysis.exact(verb + " people", List.of(access)), Map.of());
        }
    }

    @TestFactory
    @DisplayName("an implementation with one fault fails exactly the clause about it")
    Stream<DynamicTest> faults() {
        return Sabotage.eachFails(Clauses.class, GuardrailFault.values());
    }

    @Test
    @DisplayName("an implementation without a fault passes, and no clause is skipped")
    void passes() {
        Sabotage.passes(Clauses.class);
    }

    @Test
    @DisplayName("each clause has a fault that breaks it")
    void complete() {
        Sabotage.eachClauseHasOne(Clauses.class, GuardrailFault.values());
    }
}
