/**
 * The common frame of connectors in which each client connection is one session. Connections come in from the listener,
 * each gets a session object of the connector and, when that has been admitted, a connection to its target; lines and
 * masked bytes go out to the connector's own rooms. Before it stands the connector's configuration, behind it the
 * toolkit's transport.
 *
 * <p>Like the rest of the toolkit it is bundled into plugin jars and promises nothing between versions.
 */
@NullMarked
package io.sallyport.netty.front;

import org.jspecify.annotations.NullMarked;
