/**
 * Verification, offline, with nothing but the public key. A journal's directory comes in; every checkpoint, segment and frame is checked
 * against the signatures; a report goes out to the command line.
 */
@NullMarked
package io.sallyport.journal.verify;

import org.jspecify.annotations.NullMarked;
