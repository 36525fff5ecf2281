/**
 * Where the target's credentials come from. The target room of the core asks a
 * {@link io.sallyport.api.credential.CredentialSource} when a session opens and closes the
 * {@link io.sallyport.api.credential.Credential} when it ends; only the connector reads it.
 */
@NullMarked
package io.sallyport.api.credential;

import org.jspecify.annotations.NullMarked;
