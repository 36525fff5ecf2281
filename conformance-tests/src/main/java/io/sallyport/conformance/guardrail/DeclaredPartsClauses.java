package io.sallyport.conformance.guardrail;

import static io.sallyport.conformance.guardrail.GuardrailStage.shown;
import static io.sallyport.conformance.guardrail.GuardrailStage.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.sallyport.api.action.Action;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Operation;
import io.sallyport.api.guardrail.Verdict;
import io.sallyport.api.principal.Principal;
import io.sallyport.conformance.harness.Because;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clauses about the parts of an operation that a guardrail declares. */
abstract class DeclaredPartsClauses {

    private static final String CACHED = "The core caches verdicts by the declared parts, so that ";

    abstract GuardrailHarness harness();

    private void unchangedBy(Guardrail.Part part, UnaryOperator<Operation> change) {
        Guardrail guardrail = new GuardrailStage(harness()).guardrail();
        assumeFalse(guardrail.reads().contains(part), () -> "it says that it reads " + part);
        for (Action action : new GuardrailStage(harness()).all()) {
            Operation operation = GuardrailStage.operation(action);
            assertEquals(
                    shown(verdict(guardrail, operation)),
                    shown(verdict(guardrail, change.apply(operation))),
                    action::text);
        }
    }

    private static Operation of(Operation operation, Action action) {
        return new Operation(
                operation.principal(),
                operation.target(),
                operation.account(),
                operation.database(),
                action,
                operation.time());
    }

    @Test
    @DisplayName("G-18 a verdict depends on the text only where that is declared")
    @Because(CACHED + "another text would get this one's verdict.")
    void text() {
        unchangedBy(
                Guardrail.Part.TEXT,
                operation -> of(operation, GuardrailStage.withText(operation.action(), "another text ")));
    }

    @Test
    @DisplayName("G-19 a verdict depends on parameters only where that is declared")
    @Because(CACHED + "other values would get these ones' verdict.")
    void parameters() {
        unchangedBy(Guardrail.Part.PARAMETERS, operation -> {
            if (operation.action() instanceof SqlStatement sql) {
                byte[] value = "1 OR TRUE".getBytes(StandardCharsets.UTF_8);
                return of(
                        operation,
                        new SqlStatement(
                                sql.analysis(), List.of(SqlStatement.Parameter.of(value, false, 25)), sql.context()));
            }
            return operation;
        });
    }

    @Test
    @DisplayName("G-20 a verdict depends on the principal only where that is declared")
    @Because(CACHED + "somebody else would get this one's verdict.")
    void principal() {
        unchangedBy(
                Guardrail.Part.PRINCIPAL,
                operation -> new Operation(
                        new Principal("other", "mallory", "root", Set.of("admin"), Map.of(), null),
                        "other",
                        "other",
                        "other",
                        operation.action(),
                        operation.time()));
    }

    @Test
    @DisplayName("G-21 a verdict depends on the time only where that is declared")
    @Because(CACHED + "what is allowed by day would stay allowed by night.")
    void time() {
        unchangedBy(
                Guardrail.Part.TIME,
                operation -> new Operation(
                        operation.principal(),
                        operation.target(),
                        operation.account(),
                        operation.database(),
                        operation.action(),
                        operation.time().plusSeconds(12 * 3600 + 5 * 86_400)));
    }

    @Test
    @DisplayName("G-22 a reason does not repeat parameter values")
    @Because("Values may be secrets, and the refusal and the journal show the reason.")
    void values() {
        String value = "4111 1111 1111 1111";
        Guardrail guardrail = new GuardrailStage(harness()).guardrail();
        for (Action action : new GuardrailStage(harness()).stopped()) {
            if (action instanceof SqlStatement sql) {
                SqlStatement asked = new SqlStatement(
                        sql.analysis(),
                        List.of(SqlStatement.Parameter.of(value.getBytes(StandardCharsets.UTF_8), false, 25)),
                        sql.context());
                Verdict verdict = verdict(guardrail, asked);
                assertFalse(verdict.toString().contains(value), verdict::toString);
            }
        }
    }
}
