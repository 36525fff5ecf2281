package io.sallyport.identity;

import io.sallyport.api.principal.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The answer to evidence. */
public sealed interface Authentication {

    /**
     * The evidence proves an identity.
     *
     * @param principal who it is
     * @param expires when the evidence expires, without leeway
     * @param tokenId the evidence's own identifier, if it has one
     * @param groupsLeftOut whether the issuer left the list of groups out because it is too long: then the principal has no
     *     groups, and {@link #GROUPS_LEFT_OUT} explains why grants that name groups do not fit
     */
    record Authenticated(
            Principal principal, Instant expires, @Nullable String tokenId, boolean groupsLeftOut)
            implements Authentication {}

    /**
     * The evidence proves nothing.
     *
     * @param cause what kind of refusal it is
     * @param operatorReason why, with the claim and the expected value; not for the client
     */
    record Rejected(Cause cause, String operatorReason) implements Authentication {

        /** What the client may know: the same for every mistake, so that nobody learns from trying. */
        public String publicReason() {
            return cause == Cause.INVALID ? INVALID : UNAVAILABLE;
        }
    }

    /** Why evidence proves nothing. */
    enum Cause {
        /** The evidence is not good. */
        INVALID,
        /** It cannot be verified now: the issuer's keys cannot be had. */
        UNAVAILABLE
    }

    /** What a client is told whose evidence is not good. */
    String INVALID = "authentication failed: the token is not accepted; get a new one from your identity provider";

    /** What a client is told whose evidence cannot be verified now. */
    String UNAVAILABLE = "authentication is not possible now: the identity provider cannot be reached; try again";

    /** Why a principal has no groups though its issuer knows some. */
    String GROUPS_LEFT_OUT = "group list left out by the identity provider";
}
