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
import java.util.concurrent.RejectedExecutionException;
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
        credentials.fetch(target.supply(), request).whenComplete((credential, failure) -> {
            try {
                executor.execute(() -> {
                    Fetched fetched = new Fetched(credential, failure);
                    try {
                        opening(id, granted, fetched, executor, listener).whenComplete((answer, broken) -> {
                            if (broken != null) {
                                opening.completeExceptionally(broken);
                            } else {
                                opening.complete(answer);
                            }
                        });
                    } catch (RuntimeException e) {
                        failed(credential, opening, e);
                    }
                });
            } catch (RejectedExecutionException e) {
                failed(credential, opening, e);
            }
        });
        return opening;
    }

    /** Nothing is kept of an opening that broke off: neither its credential nor whoever waits for it. */
    private static void failed(
            @Nullable Credential credential, CompletableFuture<Sessions.Opening> opening, RuntimeException cause) {
        if (credential != null) {
            credential.close();
        }
        opening.completeExceptionally(cause);
    }

    private CompletionStage<Sessions.Opening> opening(
            SessionId id, Granted granted, Fetched fetched, SessionExecutor executor, Sessions.Listener listener) {
        Target target = granted.target();
        Credential credential = fetched.credential();
        if (credential == null) {
            String why = String.valueOf(fetched.failure());
            log.error("session {}: target {} has no credential: {}", id, target.name(), why);
            return CompletableFuture.completedFuture(noCredential(target, id));
        }
        if (!credential.fresh()) {
            log.error("session {}: the credential for target {} is over already", id, target.name());
            credential.close();
            return CompletableFuture.completedFuture(noCredential(target, id));
        }
        return sessions.open(spec(id, granted, credential), executor, listener);
    }

    private record Fetched(
            @Nullable Credential credential, @Nullable Throwable failure) {}

    private static Sessions.Opening noCredential(Target target, SessionId id) {
        return new Sessions.Opening.Refused(
                Sessions.Cause.UNAVAILABLE,
                "the gateway has no credential for " + target.name() + " now; session " + id);
    }

    private static SessionSpec spec(SessionId id, Granted granted, Credential credential) {
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
        return new SessionSpec(
                id,
                target.connector(),
                granted.principal(),
                access,
                credential,
                granted.terms(),
                granted.admission().client(),
                granted.admission().details());
    }
}
