/**
 * The masking guardrail: operations come in from the core's decision room, and values from the connector's mask room.
 * An operation is denied if a masked field's value would leave in a way that no mask can undo; else the answer's fields are given
 * masks by their origin and by what {@link io.sallyport.masking.detect} finds in them.
 * Verdicts go back to the decision room, and rewritten values to the connector, which sends them to the client and the record.
 */
@NullMarked
package io.sallyport.masking;

import org.jspecify.annotations.NullMarked;
