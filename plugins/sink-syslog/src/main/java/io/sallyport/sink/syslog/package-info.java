/**
 * Events as syslog messages: batches come in from the core's follower of the journal.
 * Each event becomes one message (RFC 5424) on a connection over TLS (RFC 5425), which is made anew when it breaks.
 * Messages go out to the collector that the configuration names, and after a broken connection the last ones again.
 */
@NullMarked
package io.sallyport.sink.syslog;

import org.jspecify.annotations.NullMarked;
