package io.sallyport.ssh;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.SallyportPlugin;
import java.util.List;

/** The jar's entry: one connector, {@code ssh}. */
public final class SshPlugin implements SallyportPlugin {

    /** For the service loader. */
    public SshPlugin() {}

    @Override
    public List<ConnectorFactory<?>> connectors() {
        return List.of(new SshConnectorFactory());
    }
}
