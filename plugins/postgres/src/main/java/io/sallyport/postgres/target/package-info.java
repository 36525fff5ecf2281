/**
 * The way to targets. A session's target and credential come in from the startup room; the connection is made, secured as the
 * target's options say, and logged in to with a proof that holds for this connection alone. What goes out is an idle
 * connection for the relay room, or a refusal in words that a client may read.
 */
@NullMarked
package io.sallyport.postgres.target;

import org.jspecify.annotations.NullMarked;
