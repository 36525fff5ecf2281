package io.sallyport.launch;

import java.io.IOException;

/**
 * Something beside the connectors through which people reach the gateway, such as the admin API. It stands above this room,
 * so it is handed to the start.
 */
@FunctionalInterface
public interface Front {

    /**
     * Opens its listener.
     *
     * @return what stops it
     * @throws IOException if it cannot; the message names the address
     */
    AutoCloseable start(GatewayServices services) throws IOException;
}
