/**
 * Lets clients in. The login messages of a client (RFC 4252) come in from the transport room; the evidence that they carry is
 * verified as far as SSH goes and given to the core; what goes out is an open session, to the target and relay rooms.
 */
@NullMarked
package io.sallyport.ssh.login;

import org.jspecify.annotations.NullMarked;
