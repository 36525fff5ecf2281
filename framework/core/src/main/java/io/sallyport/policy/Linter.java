package io.sallyport.policy;

import io.sallyport.config.Configuration;
import io.sallyport.config.PluginEntry;
import io.sallyport.config.binding.Node;
import io.sallyport.config.binding.Problems;
import io.sallyport.config.binding.YamlReader;
import io.sallyport.grant.GrantSettings;
import io.sallyport.policy.Finding.Severity;
import io.sallyport.target.TargetSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Looks for what is wider than it looks, and for what never decides. It reads a configuration that is right in all its words. */
public final class Linter {

    private final Configuration configuration;
    private final Findings findings;
    private final InstantSource clock;

    private Linter(Configuration configuration, Node root, InstantSource clock) {
        this.configuration = configuration;
        this.findings = new Findings(root);
        this.clock = clock;
    }

    /**
     * Everything that is found.
     *
     * @param file the file from which the configuration was read, for the lines
     * @throws IOException if the file cannot be read any more
     */
    public static List<Finding> findings(PolicyBook book, Path file, InstantSource clock) throws IOException {
        Node root = YamlReader.read(Files.readString(file), new Problems(String.valueOf(file.getFileName())));
        if (root == null) {
            throw new IOException(file + " changed while it was read");
        }
        Linter linter = new Linter(book.configuration(), root, clock);
        linter.targets();
        linter.guardrails();
        registeredKeys(linter.findings);
        new GrantLint(book, linter.findings, linter.clock).run();
        new RuleLint(book, linter.findings).run();
        return linter.findings.all();
    }

    private void targets() {
        List<TargetSettings> targets = configuration.targets();
        for (int i = 0; i < targets.size(); i++) {
            TargetSettings target = targets.get(i);
            if (target.credential().source() == null) {
                findings.add(
                        Severity.INFO,
                        "static-credential",
                        "the credential is the same for all sessions and never expires; a credential source makes one"
                                + " for each session",
                        "targets",
                        i,
                        "credential");
            }
            if (configuration.grants().stream()
                    .noneMatch(grant -> grant.targets().contains(target.name()))) {
                findings.add(
                        Severity.WARNING, "unreachable-target", "no grant opens target " + target.name(), "targets", i);
            }
        }
    }

    /** A key that the configuration names is a secret somewhere else, for ever. */
    static void registeredKeys(Findings findings) {
        if (findings.at("registered-keys") instanceof Node.Sequence keys) {
            for (int i = 0; i < keys.items().size(); i++) {
                findings.add(
                        Severity.WARNING,
                        "registered-key",
                        "whoever has the private key logs in with it until the entry is taken out; tokens and certificates"
                                + " expire by themselves",
                        "registered-keys",
                        i);
            }
        }
    }

    private void guardrails() {
        List<? extends PluginEntry<?>> guardrails = configuration.guardrails();
        for (int i = 0; i < guardrails.size(); i++) {
            String name = guardrails.get(i).name();
            boolean used = configuration.grants().stream()
                    .map(GrantSettings::guardrails)
                    .anyMatch(names -> names.contains(name));
            if (!used) {
                findings.add(
                        Severity.ERROR,
                        "unused-guardrail",
                        "no grant has the guardrail " + name + ", so that it judges nothing",
                        "guardrails",
                        i);
            }
        }
    }
}
