/**
 * PostgreSQL's frontend and backend protocol 3.0 in bytes. Buffers come in from the startup and relay rooms; fields are
 * read within bounds and messages are built. What goes out is what those rooms write to the client or to the target.
 */
@NullMarked
package io.sallyport.postgres.wire;

import org.jspecify.annotations.NullMarked;
