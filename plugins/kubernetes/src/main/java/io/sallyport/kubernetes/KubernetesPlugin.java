package io.sallyport.kubernetes;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.credential.CredentialSourceFactory;
import io.sallyport.kubernetes.credential.KubernetesCredentialSourceFactory;
import java.util.List;

/** The jar's entry: one connector and one credential source, both {@code kubernetes}. */
public final class KubernetesPlugin implements SallyportPlugin {

    /** For the service loader. */
    public KubernetesPlugin() {}

    @Override
    public List<ConnectorFactory<?>> connectors() {
        return List.of(new KubernetesConnectorFactory());
    }

    @Override
    public List<CredentialSourceFactory<?>> credentialSources() {
        return List.of(new KubernetesCredentialSourceFactory());
    }
}
