/**
 * From an accepted connection to an open session. Connections come in from the listener; encryption is settled, the token
 * is asked for and shown to the core, the target room logs in, and cancel requests find their session. What goes out is a
 * pair of channels for the relay room, or a refusal.
 */
@NullMarked
package io.sallyport.postgres.startup;

import org.jspecify.annotations.NullMarked;
