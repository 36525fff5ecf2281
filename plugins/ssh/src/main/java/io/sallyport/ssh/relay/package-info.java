/**
 * Carries the channels of one client to one target. Messages of the connection protocol come in from the transport room on
 * both sides; what starts something becomes an action for the core, is sent on when it is allowed, and is recorded as it
 * flows; what goes out to either side is what RFC 4254 lets it expect.
 */
@NullMarked
package io.sallyport.ssh.relay;

import org.jspecify.annotations.NullMarked;
