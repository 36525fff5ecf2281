/**
 * Calls of Vault's HTTP API. Paths, tokens and bodies come in from the source and from the lease room; the driver sends
 * them, over TLS, again where that is safe. A reply goes back, or a failure that tells what to do and shows nothing that
 * Vault said.
 */
@NullMarked
package io.sallyport.vault.http;

import org.jspecify.annotations.NullMarked;
