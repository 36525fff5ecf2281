package io.sallyport.line;

import io.sallyport.api.Connector;
import io.sallyport.api.ConnectorContext;
import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.action.Action;
import io.sallyport.api.action.ActionKind;
import io.sallyport.api.action.Vocabulary;
import io.sallyport.netty.front.Front;
import java.util.List;
import java.util.Set;

/** The entry of the jar, and the maker of its connectors. */
public final class LinePlugin implements SallyportPlugin, ConnectorFactory<LineConfig> {

    @Override
    public List<ConnectorFactory<?>> connectors() {
        return List.of(this);
    }

    @Override
    public String type() {
        return "line";
    }

    @Override
    public Class<LineConfig> configType() {
        return LineConfig.class;
    }

    @Override
    public Class<LineConfig.Target> targetType() {
        return LineConfig.Target.class;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("line", LineConfig.OVER_TLS);
    }

    @Override
    public Vocabulary vocabulary() {
        return LineRequest.VOCABULARY;
    }

    @Override
    public Set<ActionKind> actionKinds() {
        return Set.of(ActionKind.API_REQUEST);
    }

    @Override
    public Action read(String text) {
        return LineRequest.read(text);
    }

    @Override
    public Connector create(LineConfig config, ConnectorContext context) {
        Front.Tls tls = new Front.Tls(config.certificate(), config.key(), config.ca());
        return new Front(context, config.listen(), tls, LineSession::new);
    }
}
