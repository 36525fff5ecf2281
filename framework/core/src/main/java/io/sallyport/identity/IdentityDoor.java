package io.sallyport.identity;

import io.sallyport.api.principal.Evidence;
import io.sallyport.api.principal.Principal;
import io.sallyport.api.session.Admission;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import io.sallyport.grant.GrantDoor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one connector's clients come in: authenticates them and passes them on to the grants.
 *
 * <p>Safe for use by several threads; never blocks.
 */
public final class IdentityDoor implements Sessions {

    private static final Logger log = LoggerFactory.getLogger(IdentityDoor.class);

    private final String connector;
    private final IdentityService identities;
    private final Audiences audiences;
    private final GrantDoor grants;
    private final RefusedLogins refused;

    /**
     * A door.
     *
     * @param connector the connector's name in the configuration
     * @param identities finds out who it is
     * @param audiences the audiences that tokens must be for
     * @param grants the next door
     * @param refused writes refusals down
     */
    public IdentityDoor(
            String connector,
            IdentityService identities,
            Audiences audiences,
            GrantDoor grants,
            RefusedLogins refused) {
        this.connector = connector;
        this.identities = identities;
        this.audiences = audiences;
        this.grants = grants;
        this.refused = refused;
    }

    /** Writes refused logins into the journal; may be called from any thread and must not block. */
    @FunctionalInterface
    public interface RefusedLogins {

        /**
         * One refused login.
         *
         * @param connector the connector that it came through
         * @param admission what the connector brought, without evidence worth recording
         * @param principal who it was, null if that could not be found out
         * @param reason why, for operators
         */
        void write(String connector, Admission admission, @Nullable Principal principal, String reason);
    }

    @Override
    public CompletionStage<Opening> open(Admission admission, SessionExecutor executor, Listener listener) {
        if (!grants.admitting()) {
            if (admission.evidence() instanceof Evidence.Token token) {
                token.token().close();
            }
            return CompletableFuture.completedFuture(new Opening.Refused(
                    Cause.UNAVAILABLE,
                    "the gateway admits nobody now: its journal or its store is away; try again later"));
        }
        CompletableFuture<Opening> opening = new CompletableFuture<>();
        identities.authenticate(admission.evidence(), audiences).whenComplete((answer, failure) -> {
            if (executor.inThread()) {
                proceed(admission, executor, listener, opening, answer, failure);
            } else {
                executor.execute(() -> proceed(admission, executor, listener, opening, answer, failure));
            }
        });
        return opening;
    }

    private void proceed(
            Admission admission,
            SessionExecutor executor,
            Listener listener,
            CompletableFuture<Opening> opening,
            @Nullable Authentication answer,
            @Nullable Throwable failure) {
        if (failure != null || answer == null) {
            log.error("a login could not be checked", failure);
            opening.complete(new Opening.Refused(Cause.UNAVAILABLE, Authentication.UNAVAILABLE));
        } else if (answer instanceof Authentication.Rejected rejected) {
            refused.write(connector, admission, null, rejected.operatorReason());
            Cause cause = rejected.cause() == Authentication.Cause.INVALID ? Cause.UNAUTHENTICATED : Cause.UNAVAILABLE;
            opening.complete(new Opening.Refused(cause, rejected.publicReason()));
        } else if (answer instanceof Authentication.Authenticated known) {
            grants.open(authenticated(admission, known), executor, listener).whenComplete((opened, broken) -> {
                if (broken != null) {
                    log.error("a session could not be opened", broken);
                    opening.complete(new Opening.Refused(Cause.UNAVAILABLE, "the gateway failed; ask its operator"));
                } else {
                    opening.complete(known.groupsLeftOut() ? explained(opened) : opened);
                }
            });
        }
    }

    /** What the client's own token says is no secret from the client, and nobody finds out without it. */
    private static Opening explained(Opening opening) {
        return opening instanceof Opening.Refused refused && refused.cause() == Cause.FORBIDDEN
                ? new Opening.Refused(Cause.FORBIDDEN, refused.reason() + " (" + Authentication.GROUPS_LEFT_OUT + ")")
                : opening;
    }

    private GrantDoor.Authenticated authenticated(Admission admission, Authentication.Authenticated known) {
        String note = known.groupsLeftOut() ? " (" + Authentication.GROUPS_LEFT_OUT + ")" : "";
        return new GrantDoor.Authenticated(
                connector,
                known.principal(),
                known.expires(),
                admission,
                (principal, reason) -> refused.write(connector, admission, principal, reason + note));
    }
}
