package io.sallyport.launch.compile;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.credential.CredentialSource;
import io.sallyport.api.guardrail.Guardrail;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.config.Configuration;
import io.sallyport.config.PluginEntry;
import io.sallyport.decision.Policy.NamedGuardrail;
import io.sallyport.grant.Grant;
import io.sallyport.grant.GrantCompiler;
import io.sallyport.grant.GrantSettings;
import io.sallyport.grant.Grants;
import io.sallyport.grant.InForce;
import io.sallyport.launch.StartException;
import io.sallyport.target.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a configuration without starting anything.
 *
 * @param targets the targets by name
 * @param sources the credential sources that plugins made, by name, to be closed in the end
 * @param grants the grants in order
 */
public record Compiled(Map<String, Target> targets, Map<String, CredentialSource> sources, Grants grants)
        implements AutoCloseable {

    /** Copies the collections. */
    public Compiled {
        targets = Map.copyOf(targets);
        sources = Map.copyOf(sources);
    }

    /**
     * Compiles a configuration.
     *
     * @throws StartException with all problems that its parts find only together
     */
    public static Compiled of(Configuration configuration) throws StartException {
        return of(configuration, Map.of());
    }

    /**
     * Compiles a configuration on the credential sources of a running one.
     *
     * @param running the sources that go on, by name
     * @throws StartException with all problems that its parts find only together; sources that were made are closed
     */
    public static Compiled of(Configuration configuration, Map<String, CredentialSource> running)
            throws StartException {
        TargetCompiler targets = null;
        List<String> problems = new ArrayList<>();
        try {
            Map<String, NamedGuardrail> guardrails = guardrails(configuration);
            targets = new TargetCompiler(configuration, running);
            GrantCompiler compiler = new GrantCompiler(targets.targets(), connectors(configuration), guardrails);
            List<Grant> grants = new ArrayList<>();
            for (GrantSettings settings : configuration.grants()) {
                try {
                    grants.add(compiler.compile(settings));
                } catch (IllegalArgumentException e) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
            if (problems.isEmpty()) {
                return new Compiled(targets.targets(), targets.sources(), new Grants(grants));
            }
        } catch (RuntimeException | LinkageError e) {
            problems.add(String.valueOf(e.getMessage()));
            close(targets, running);
            throw StartException.configuration(String.join("\n", problems), e);
        }
        close(targets, running);
        throw StartException.configuration(String.join("\n", problems), null);
    }

    private static void close(@Nullable TargetCompiler made, Map<String, CredentialSource> running) {
        if (made != null) {
            new Compiled(Map.of(), made.sources(), new Grants(List.of())).closeBut(running);
        }
    }

    /** What it says of access. */
    public InForce inForce() {
        return new InForce(grants, targets);
    }

    /** Closes the credential sources that are not among these. */
    public void closeBut(Map<String, CredentialSource> others) {
        sources.forEach((name, source) -> {
            if (!others.containsKey(name)) {
                source.close();
            }
        });
    }

    /** Closes the credential sources, for who puts nothing in force. */
    @Override
    public void close() {
        sources.values().forEach(CredentialSource::close);
    }

    private static Map<String, NamedGuardrail> guardrails(Configuration configuration) {
        Map<String, NamedGuardrail> guardrails = new HashMap<>();
        for (PluginEntry<GuardrailFactory<?>> entry : configuration.guardrails()) {
            Guardrail guardrail = PluginCalls.call(entry.factory(), () -> create(entry.factory(), entry));
            guardrails.put(entry.name(), new NamedGuardrail(entry.name(), guardrail));
        }
        return guardrails;
    }

    private static <C extends Record> Guardrail create(GuardrailFactory<C> factory, PluginEntry<?> entry) {
        return factory.create(entry.name(), factory.configType().cast(entry.config()));
    }

    private static Map<String, ConnectorFactory<?>> connectors(Configuration configuration) {
        Map<String, ConnectorFactory<?>> connectors = new HashMap<>();
        configuration.connectors().forEach(entry -> connectors.put(entry.name(), entry.factory()));
        return connectors;
    }
}
