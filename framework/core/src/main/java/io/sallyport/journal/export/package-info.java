/**
 * Exports. The records of one session come in from the reader; each is written out with its frames and the hashes that lead from them to
 * a signed checkpoint; the lines go out to an auditor, who checks them with the public key and nothing else.
 */
@NullMarked
package io.sallyport.journal.export;

import org.jspecify.annotations.NullMarked;
