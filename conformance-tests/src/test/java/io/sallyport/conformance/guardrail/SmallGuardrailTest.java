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
import io.sallyport.conformance.sabotage.SabotagedClauses;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The clauses of guardrails")
class SmallGuardrailTest extends SabotagedClauses {

    SmallGuardrailTest() {
        super(Clauses.class, GuardrailFault.values());
    }

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
}
