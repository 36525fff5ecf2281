/**
 * What the relay room needs to know of a statement. Texts come in from the relay room with the settings under which the
 * target will read them; they are read once and kept by content. What goes out are the analysis that the core judges and
 * the effects that the relay room must follow.
 */
@NullMarked
package io.sallyport.postgres.statement;

import org.jspecify.annotations.NullMarked;
