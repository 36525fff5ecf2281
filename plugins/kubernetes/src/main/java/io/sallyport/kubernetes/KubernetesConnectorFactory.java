package io.sallyport.kubernetes;

import io.sallyport.api.Connector;
import io.sallyport.api.ConnectorContext;
import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.Vocabulary;
import io.sallyport.kubernetes.naming.KubernetesVocabulary;
import io.sallyport.kubernetes.naming.WrittenRequest;
import java.util.Set;

/** Makes Kubernetes connectors. */
public final class KubernetesConnectorFactory implements ConnectorFactory<KubernetesConfig> {

    /** Without state. */
    public KubernetesConnectorFactory() {}

    @Override
    public String type() {
        return "kubernetes";
    }

    @Override
    public Class<KubernetesConfig> configType() {
        return KubernetesConfig.class;
    }

    @Override
    public Class<? extends Record> targetType() {
        return KubernetesTarget.class;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("https");
    }

    @Override
    public Vocabulary vocabulary() {
        return KubernetesVocabulary.vocabulary();
    }

    @Override
    public Set<ActionKind> actionKinds() {
        return Set.of(ActionKind.API_REQUEST, ActionKind.COMMAND, ActionKind.TUNNEL);
    }

    @Override
    public Action read(String text) {
        return WrittenRequest.read(text);
    }

    @Override
    public Connector create(KubernetesConfig config, ConnectorContext context) {
        return new KubernetesConnector(config, context);
    }
}
