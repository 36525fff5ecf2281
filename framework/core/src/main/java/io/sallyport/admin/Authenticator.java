package io.sallyport.admin;

import io.sallyport.api.config.Secret;
import io.sallyport.api.principal.Principal;
import java.util.concurrent.CompletionStage;

/** Tells whose token it is. */
@FunctionalInterface
public interface Authenticator {

    /** The audience that stands for each that the token's issuer is configured with. */
    String ANY_AUDIENCE = "";

    /**
     * Verifies a bearer token. Must not block; completes on any thread.
     *
     * @param token the token; the caller closes it when the stage is complete
     * @param audience the audience that it must have, or {@link #ANY_AUDIENCE}
     * @return fails with {@link NotAuthenticatedException} if the token proves no identity, and with anything else if that
     *     cannot be known now
     */
    CompletionStage<Principal> authenticate(Secret token, String audience);
}
