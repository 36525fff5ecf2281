package io.sallyport.config;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.credential.CredentialSourceFactory;
import io.sallyport.api.guardrail.GuardrailFactory;
import io.sallyport.api.sink.EventSinkFactory;
import io.sallyport.grant.GrantSettings;
import io.sallyport.identity.IssuerSettings;
import io.sallyport.target.TargetSettings;
import java.util.List;

/**
 * A whole configuration, checked.
 *
 * <ol>
 *   <li>Names are unique within their list, and every name that is mentioned exists.
 *   <li>Every verb, trait and baseline is one that a connector declares; those of a grant belong to its targets' connectors.
 *   <li>Every grant opens at least one target.
 *   <li>Relative paths have become absolute, from the file's directory.
 * </ol>
 *
 * @param node the gateway's name
 * @param store the section of that name
 * @param journal the section of that name
 * @param limits the section of that name
 * @param admin the section of that name
 * @param issuers whose tokens are logins
 * @param connectors the protocol fronts
 * @param credentialSources where credentials come from, including the sources that targets use without naming them
 * @param targets what can be reached
 * @param guardrails who judges
 * @param sinks who follows the journal
 * @param grants who may do what, in order; each lists the targets that its labels choose as well
 * @param fingerprint by what it is told from another
 */
public record Configuration(
        String node,
        StoreSection store,
        JournalSection journal,
        LimitsSection limits,
        AdminSection admin,
        List<IssuerSettings> issuers,
        List<PluginEntry<ConnectorFactory<?>>> connectors,
        List<PluginEntry<CredentialSourceFactory<?>>> credentialSources,
        List<TargetSettings> targets,
        List<PluginEntry<GuardrailFactory<?>>> guardrails,
        List<PluginEntry<EventSinkFactory<?>>> sinks,
        List<GrantSettings> grants,
        Fingerprint fingerprint) {

    /** Copies the lists. */
    public Configuration {
        issuers = List.copyOf(issuers);
        connectors = List.copyOf(connectors);
        credentialSources = List.copyOf(credentialSources);
        targets = List.copyOf(targets);
        guardrails = List.copyOf(guardrails);
        sinks = List.copyOf(sinks);
        grants = List.copyOf(grants);
    }

    /** The same with this fingerprint. */
    Configuration with(Fingerprint other) {
        return new Configuration(
                node,
                store,
                journal,
                limits,
                admin,
                issuers,
                connectors,
                credentialSources,
                targets,
                guardrails,
                sinks,
                grants,
                other);
    }
}
