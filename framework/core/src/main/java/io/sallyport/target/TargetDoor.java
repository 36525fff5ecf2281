package io.sallyport.target;

import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.CredentialRequest;
import io.sallyport.api.principal.Principal;
import io.sallyport.api.session.Admission;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import io.sallyport.api.session.TargetAccess;
import io.sallyport.session.SessionId;
import io.sallyport.session.SessionRoom;
import io.sallyport.session.SessionSpec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches the target's credential for a granted request and opens the session with it. Never blocks. */
public final class TargetDoor {

    private static final Logger log = LoggerFactory.getLogger(TargetDoor.class);

    private final SharedCredentials credentials;
    private final SessionRoom sessions;

    /** A door to the sessions. */
    public TargetDoor(SharedCredentials credentials, SessionRoom sessions) {
        this.credentials = credentials;
        this.sessions = sessions;
    }

    /**
     * A request that a grant covers.
     *
     * @param principal who acts
     * @param target on what
     * @param account with which account
     * @param database on which database
     * @param terms on which terms
     * @param admission what the connector brought
     */
    public record Granted(
            Principal principal,
            Target target,
            String account,
            @Nullable String database,
            SessionSpec.Terms terms,
            Admission admission) {}

    /** Opens the session; the stage completes on the executor. */
    public CompletionStage<Sessions.Opening> open(
            Granted granted, SessionExecutor executor, Sessions.Listener listener) {
        SessionId id = sessions.newId();
        Target target = granted.target();
        String asked = granted.account().isEmpty() ? null : granted.account();
        CredentialRequest request = new CredentialRequest(
                granted.principal(),
                target.name(),
                asked,
                id.toString(),
                target.supply().options());
        CompletableFuture<Sessions.Opening> opening = new CompletableFuture<>();
        credentials
                .fetch(target.supply(), request)
                .whenComplete((credential, failure) -> executor.execute(() -> {
                    if (failure != null) {
                        log.error("session {}: target {} has no credential: {}", id, target.name(), failure.toString());
                        opening.complete(noCredential(target, id));
                    } else if (!credential.fresh()) {
                        log.error("session {}: the credential for target {} is over already", id, target.name());
                        credential.close();
                        opening.complete(noCredential(target, id));
                    } else {
                        open(id, granted, credential, executor, listener, opening);
                    }
                }));
        return opening;
    }

    private static Sessions.Opening noCredential(Target target, SessionId id) {
        return new Sessions.Opening.Refused(
                Sessions.Cause.UNAVAILABLE,
                "the gateway has no credential for " + target.name() + " now; session " + id);
    }

    private void open(
            SessionId id,
            Granted granted,
            Credential credential,
            SessionExecutor executor,
            Sessions.Listener listener,
            CompletableFuture<Sessions.Opening> opening) {
        Target target = granted.target();
        String account = credential.account();
        TargetAccess access = new TargetAccess(
                target.name(),
                target.endpoint().address(),
                target.endpoint().hosts(),
                account == null ? granted.account() : account,
                granted.database(),
                target.options(),
                target.labels());
        SessionSpec spec = new SessionSpec(
                id,
                target.connector(),
                granted.principal(),
                access,
                credential,
                granted.terms(),
                granted.admission().client(),
                granted.admission().details());
        sessions.open(spec, executor, listener).whenComplete((answer, failure) -> {
            if (failure != null) {
                opening.completeExceptionally(failure);
            } else {
                opening.complete(answer);
            }
        });
    }
}
