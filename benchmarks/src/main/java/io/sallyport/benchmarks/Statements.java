package io.sallyport.benchmarks;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.SqlStatement;
import io.sallyport.api.action.Verb;
import io.sallyport.api.config.ResourcePattern;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.api.principal.Principal;
import io.sallyport.decision.Policy;
import io.sallyport.decision.Policy.NamedGuardrail;
import io.sallyport.decision.Re2Text;
import io.sallyport.decision.ResourceGlob;
import io.sallyport.decision.Scope;
import io.sallyport.denylist.DenyListConfig;
import io.sallyport.denylist.DenyListGuardrailFactory;
import io.sallyport.masking.MaskingConfig;
import io.sallyport.masking.MaskingGuardrailFactory;
import io.sallyport.masking.detect.Detector;
import io.sallyport.rules.Rule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A principal, a policy with a deny list and masking, and statements that pass it. */
final class Statements {

    static final Principal PRINCIPAL =
            new Principal("https://issuer.example", "ci", "ci", Set.of("dev"), Map.of("ref", "main"), null);

    private static final ResourceKind RELATION = new ResourceKind("", '.', true);
    private static final Verb SELECT = new Verb("select");

    private Statements() {}

    /** A grant under a deny list of accesses and masking. */
    static Policy policy() {
        return policy(List.of());
    }

    /** The same with a rule more, one that searches the text. */
    static Policy policyWithTextPattern() {
        return policy(List.of(new Rule(
                "text",
                List.of(),
                List.of(),
                List.of(),
                Re2Text.compile("(?i)pg_sleep"),
                null,
                List.of(),
                false,
                null)));
    }

    private static Policy policy(List<Rule> more) {
        Scope scope = new Scope(List.of(
                new Scope.Entry(
                        Set.of("select", "insert", "update", "delete"),
                        List.of(glob("public.pgbench_accounts"), glob("public.pgbench_history"), glob("app.*")),
                        List.of(glob("app.audit"))),
                new Scope.Entry(Set.of("select"), List.of(glob("public.**")), List.of(glob("public.secrets")))));
        return new Policy("ci", scope, false, List.of(denyList(more), masking()), false);
    }

    private static NamedGuardrail denyList(List<Rule> more) {
        List<Rule> rules = new ArrayList<>(more);
        rules.add(rule(List.of("drop", "truncate", "delete"), List.of("public.**")));
        rules.add(rule(List.of(), List.of("public.secrets", "public.customers.ssn")));
        return new NamedGuardrail("deny", new DenyListGuardrailFactory().create("deny", new DenyListConfig(rules)));
    }

    private static Rule rule(List<String> verbs, List<String> resources) {
        return new Rule(
                null,
                verbs.stream().map(Verb::new).toList(),
                resources.stream().<ResourcePattern>map(Statements::glob).toList(),
                List.of(),
                null,
                null,
                List.of(),
                false,
                null);
    }

    /** The masking guardrail with two fields and every detector. */
    static NamedGuardrail masking() {
        MaskingConfig config = new MaskingConfig(
                List.of(
                        new MaskingConfig.MaskedField(glob("public.customers.ssn"), Mask.Strength.REDACT),
                        new MaskingConfig.MaskedField(glob("public.customers.email"), Mask.Strength.PARTIAL)),
                List.copyOf(EnumSet.allOf(Detector.class)),
                Mask.Strength.PARTIAL,
                null);
        Guardrail guardrail = new MaskingGuardrailFactory().create("masking", config);
        return new NamedGuardrail("masking", guardrail);
    }

    /** The statement of {@code pgbench -S}, told from others by its comment. */
    static SqlStatement select(int number) {
        List<Access> accesses =
                List.of(access("public", "pgbench_accounts", "abalance"), access("public", "pgbench_accounts", "aid"));
        String text = "/* " + number + " */ SELECT abalance FROM pgbench_accounts WHERE aid = $1;";
        return new SqlStatement(
                Analysis.exact(text, accesses),
                List.of(SqlStatement.Parameter.of("1234567".getBytes(StandardCharsets.UTF_8), false, 23)),
                Map.of("search_path", "\"$user\", public"));
    }

    private static Access access(String... segments) {
        return Access.of(SELECT, Resource.of(RELATION, segments));
    }

    private static ResourceGlob glob(String text) {
        return ResourceGlob.parse(text, List.of(RELATION));
    }
}
