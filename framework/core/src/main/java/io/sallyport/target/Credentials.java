package io.sallyport.target;

import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.CredentialRequest;
import io.sallyport.api.credential.CredentialSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Fetches credentials for sessions on a pool of its own.
 *
 * <ol>
 *   <li>{@link #fetch} never blocks.
 *   <li>A source that does not answer within the deadline fails the stage, and what it still brings is given back.
 * </ol>
 */
public final class Credentials {

    private final Executor pool;
    private final Duration deadline;

    /**
     * With a pool for sources that block.
     *
     * @param pool bounded; a rejection fails the stage
     * @param deadline for one credential
     */
    public Credentials(Executor pool, Duration deadline) {
        this.pool = pool;
        this.deadline = deadline;
    }

    /** A credential for one session. */
    public CompletionStage<Credential> fetch(CredentialSource source, CredentialRequest request) {
        CompletableFuture<Credential> wanted = new CompletableFuture<>();
        try {
            pool.execute(() -> bring(source, request, wanted));
        } catch (RejectedExecutionException e) {
            wanted.completeExceptionally(new IllegalStateException("too many credentials are being fetched", e));
        }
        return wanted.orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void bring(
            CredentialSource source, CredentialRequest request, CompletableFuture<Credential> wanted) {
        try {
            Credential credential = source.credential(request);
            if (!wanted.complete(credential)) {
                credential.close();
            }
        } catch (Exception | LinkageError | StackOverflowError e) {
            wanted.completeExceptionally(e);
        }
    }
}
