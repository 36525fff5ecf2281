/**
 * Trees, signatures and checkpoints. Frames of the segments come in as leaves of RFC 6962 trees; their roots are signed with the
 * journal's Ed25519 key into numbered, chained checkpoints; those go out to the checkpoints' file, to sinks, and to whoever verifies or
 * exports.
 */
@NullMarked
package io.sallyport.journal.proof;

import org.jspecify.annotations.NullMarked;
