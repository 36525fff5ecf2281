package io.sallyport.postgres;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.SallyportPlugin;
import java.util.List;

/** The jar's entry: one connector, {@code postgres}. */
public final class PostgresPlugin implements SallyportPlugin {

    /** For the service loader. */
    public PostgresPlugin() {}

    @Override
    public List<ConnectorFactory<?>> connectors() {
        return List.of(new PostgresConnectorFactory());
    }
}
