package io.sallyport.target;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.CredentialRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets the sessions of one principal on one target share a lease where the target says {@code reuse:}.
 *
 * <ol>
 *   <li>A session joins a lease if that was asked for less than {@code reuse} ago, still has a session or is being fetched,
 *       and is fresh; else it gets one of its own, which later ones may join.
 *   <li>Sessions that use different accounts never share.
 *   <li>The lease is given back when the last session that has it ends, whatever is left of {@code reuse}.
 *   <li>Each session has copies of the secrets, which are wiped when it ends.
 * </ol>
 *
 * <p>Safe for use by several threads; never blocks.
 */
public final class SharedCredentials {

    private final Credentials credentials;
    private final InstantSource clock;
    private final Map<Holder, Shared> joinable = new HashMap<>();

    /** Shares what these fetch. */
    public SharedCredentials(Credentials credentials, InstantSource clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    private record Holder(
            String target,
            String issuer,
            String subject,
            @Nullable String account,
            Record options) {}

    /** A credential for one session, shared as the target says. */
    public CompletionStage<Credential> fetch(Target.Supply supply, CredentialRequest request) {
        Duration reuse = supply.reuse();
        if (reuse == null) {
            return credentials.fetch(supply.source(), request);
        }
        Holder holder = new Holder(
                request.target(),
                request.principal().issuer(),
                request.principal().subject(),
                request.account(),
                request.options());
        Instant now = clock.instant();
        Shared shared;
        boolean first;
        synchronized (joinable) {
            Shared known = joinable.get(holder);
            first = known == null || !known.joinable(now);
            shared = first || known == null ? new Shared(holder, now.plus(reuse)) : known;
            shared.users++;
            joinable.put(holder, shared);
        }
        if (first) {
            credentials.fetch(supply.source(), request).whenComplete(shared::fetched);
        }
        return shared.original.thenApply(shared::copy);
    }

    /** One lease and those that use it. Its fields are guarded by {@link #joinable}. */
    private final class Shared {

        private final Holder holder;
        private final Instant until;
        private final CompletableFuture<Credential> original = new CompletableFuture<>();
        private int users;

        Shared(Holder holder, Instant until) {
            this.holder = holder;
            this.until = until;
        }

        boolean joinable(Instant now) {
            boolean fetching = !original.isDone();
            return now.isBefore(until)
                    && (fetching
                            || (!original.isCompletedExceptionally()
                                    && original.join().fresh()));
        }

        void fetched(@Nullable Credential credential, @Nullable Throwable failure) {
            if (credential != null) {
                original.complete(credential);
                return;
            }
            synchronized (joinable) {
                joinable.remove(holder, this);
            }
            original.completeExceptionally(failure == null ? new IllegalStateException("no credential") : failure);
        }

        Credential copy(Credential credential) {
            Map<Credential.Part, Secret> parts = new EnumMap<>(Credential.Part.class);
            for (Credential.Part part : credential.kinds()) {
                Secret secret = credential.part(part);
                if (secret != null) {
                    parts.put(part, copied(secret));
                }
            }
            return Credential.leased(credential.account(), parts, new Use(this, credential));
        }

        private static Secret copied(Secret secret) {
            byte[] bytes = secret.copy();
            try {
                return Secret.of(bytes);
            } finally {
                java.util.Arrays.fill(bytes, (byte) 0);
            }
        }

        boolean leave() {
            synchronized (joinable) {
                users--;
                if (users > 0) {
                    return false;
                }
                joinable.remove(holder, this);
                return true;
            }
        }
    }

    /** One session's part in a lease. */
    private record Use(Shared shared, Credential credential) implements Credential.Lease {

        @Override
        public void giveBack() {
            if (shared.leave()) {
                credential.close();
            }
        }

        @Override
        public boolean fresh() {
            return credential.fresh();
        }

        @Override
        public boolean standing() {
            return credential.standing();
        }
    }
}
