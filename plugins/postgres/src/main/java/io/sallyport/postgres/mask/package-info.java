/**
 * Hides what must not be seen of an answer. Rows, COPY data and messages of the target come in from the relay room with the
 * masking that the core attached to the verdict; each field is hidden as its mask says, and a frame in which nothing
 * changes stays as it is. What goes out are frames for the client; what cannot be masked is an error, never clear text.
 */
@NullMarked
package io.sallyport.postgres.mask;

import org.jspecify.annotations.NullMarked;
