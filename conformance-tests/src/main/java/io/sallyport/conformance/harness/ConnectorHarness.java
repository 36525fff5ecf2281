package io.sallyport.conformance.harness;

import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.config.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;

/** A connector with a client and a target of its protocol: all that its clauses need. */
public interface ConnectorHarness {

    /** The name of the field that masks are for. */
    String FIELD = "secret";

    /** The connector's factory. */
    ConnectorFactory<?> factory();

    /** A configuration that listens there, an instance of the factory's {@link ConnectorFactory#configType()}. */
    Record config(HostPort listen);

    /** Starts a target on a free port of the loopback interface. */
    ScriptedTarget target() throws Exception;

    /** Connects a client to the gateway; it logs in later. */
    ProtocolClient connect(InetSocketAddress gateway) throws IOException;

    /** What clients ask for. */
    Requests requests();

    /** What the protocol or the connector cannot do; to be documented beside the connector. */
    default Set<Capability> lacks() {
        return Set.of();
    }
}
