/**
 * A gateway with everything around it, on one machine. A directory comes in from the command line; databases, an issuer,
 * certificates and a configuration are made in it and the gateway is started by the launch room as it always is; out goes
 * {@code demo.env}, once every port accepts.
 */
@NullMarked
package io.sallyport.demo;

import org.jspecify.annotations.NullMarked;
