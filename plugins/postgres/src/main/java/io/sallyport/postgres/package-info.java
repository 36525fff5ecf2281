/**
 * The Postgres connector: its configuration, its vocabulary and its life. Connections of clients come in from the
 * listener and go through the startup room to the relay room, where statements become actions; what goes out is what the
 * core's verdicts allow, to the target.
 */
@NullMarked
package io.sallyport.postgres;

import org.jspecify.annotations.NullMarked;
