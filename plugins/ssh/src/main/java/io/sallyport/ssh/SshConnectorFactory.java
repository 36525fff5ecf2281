package io.sallyport.ssh;

import io.sallyport.api.Connector;
import io.sallyport.api.ConnectorContext;
import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.Recording;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.ResourceKind;
import io.sallyport.api.action.Verb;
import io.sallyport.api.action.Vocabulary;
import io.sallyport.ssh.command.SshVocabulary;
import io.sallyport.ssh.command.WrittenAction;
import java.util.Set;

/** Makes SSH connectors. */
public final class SshConnectorFactory implements ConnectorFactory<SshConfig> {

    /** Without state. */
    public SshConnectorFactory() {}

    @Override
    public String type() {
        return "ssh";
    }

    @Override
    public Class<SshConfig> configType() {
        return SshConfig.class;
    }

    @Override
    public Class<? extends Record> targetType() {
        return SshTarget.class;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("ssh");
    }

    @Override
    public Vocabulary vocabulary() {
        return SshVocabulary.vocabulary();
    }

    @Override
    public Set<ActionKind> actionKinds() {
        return Set.of(ActionKind.COMMAND, ActionKind.FILE_ACCESS, ActionKind.TUNNEL);
    }

    @Override
    public Recording.Level defaultResults() {
        return Recording.Level.FULL;
    }

    @Override
    public Action read(String text) {
        return WrittenAction.read(text);
    }

    @Override
    public boolean occurs(Verb verb, ResourceKind kind) {
        return SshVocabulary.occurs(verb, kind);
    }

    @Override
    public Connector create(SshConfig config, ConnectorContext context) {
        return new SshConnector(config, context);
    }
}
