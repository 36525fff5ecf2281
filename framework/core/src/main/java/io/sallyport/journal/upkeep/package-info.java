/**
 * The journal's own threads. Lanes come in that fill their segments; spares are made ahead of them, what they appended is hashed, signed
 * and confirmed by the disk; checkpoints go out to their file and to sinks, and what goes wrong to the health board.
 */
@NullMarked
package io.sallyport.journal.upkeep;

import org.jspecify.annotations.NullMarked;
