package io.sallyport.api.credential;

import io.sallyport.api.principal.Principal;
import org.jspecify.annotations.Nullable;

/**
 * For whom and for what a credential is wanted.
 *
 * @param principal who acts
 * @param target the target's name
 * @param account the account that the session will use, null for the target's own
 * @param session the session's identifier
 * @param options the target's {@code credential:} keys, an instance of
 *     {@link CredentialSourceFactory#requestType()}
 */
public record CredentialRequest(
        Principal principal, String target, @Nullable String account, String session, Record options) {}
