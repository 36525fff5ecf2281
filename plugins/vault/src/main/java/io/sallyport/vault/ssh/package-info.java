/**
 * Keys for SSH sessions. A new key for each session comes from here to the source, which has it signed; the certificate that
 * comes back is read again here, so that only one that is for this key, this account and now goes out to the core.
 */
@NullMarked
package io.sallyport.vault.ssh;

import org.jspecify.annotations.NullMarked;
