package io.sallyport.ssh;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.SallyportPlugin;
import java.util.List;

/** The jar's entry: one connector, {@code ssh}. */
public final class SshPlugin implements SallyportPlugin {

    /** Makes the library use its provider of algorithms by itself. */
    private static final String UNREGISTERED = "org.apache.sshd.security.provider.BC.useNamed";

    /**
     * For the service loader. The library would register its provider with the whole Java process, where the classes of
     * other plugins take it for one of theirs.
     */
    public SshPlugin() {
        System.setProperty(UNREGISTERED, "false");
    }

    @Override
    public List<ConnectorFactory<?>> connectors() {
        return List.of(new SshConnectorFactory());
    }
}
