package io.sallyport.kubernetes.session;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.Credential.Part;
import io.sallyport.api.principal.Evidence;
import io.sallyport.api.session.Admission;
import io.sallyport.api.session.Session;
import io.sallyport.api.session.Session.Closing;
import io.sallyport.api.session.Sessions.Opening;
import io.sallyport.kubernetes.KubernetesTarget;
import io.sallyport.kubernetes.credential.CredentialUse;
import io.sallyport.kubernetes.upstream.AccountIdentity;
import io.sallyport.kubernetes.upstream.FixedIdentity;
import io.sallyport.kubernetes.upstream.Identity;
import io.sallyport.kubernetes.upstream.OwnRequests;
import io.sallyport.kubernetes.upstream.Upstream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one client connection, by token and cluster. Of a token a hash stays here, and of the last one that was
 * used the token itself, since the next request brings the same. Confined to the connection's event loop.
 */
public final class ClusterSessions {

    private static final int MOST = 32;

    private final Services services;
    private final EventLoop loop;
    private final InetSocketAddress client;
    private final Map<String, Entry> entries = new HashMap<>();
    private String lastToken = "";
    private String lastCluster = "";
    private @Nullable ClusterSession last;
    private boolean admitted;
    private boolean closed;

    /** Without a session yet. */
    public ClusterSessions(Services services, EventLoop loop, InetSocketAddress client) {
        this.services = services;
        this.loop = loop;
        this.client = client;
    }

    /** What all connections share. */
    public Services services() {
        return services;
    }

    /** Whether any session has been opened. */
    public boolean admitted() {
        return admitted;
    }

    /** The session for a token on a cluster if it is open already, else null. */
    public @Nullable ClusterSession known(String token, String cluster) {
        ClusterSession recent = last;
        if (recent != null && recent.open() && lastToken.equals(token) && lastCluster.equals(cluster)) {
            return recent;
        }
        Entry entry = entries.get(key(token, cluster));
        ClusterSession found = entry == null || entry.open == null || !entry.open.open() ? null : entry.open;
        last = found;
        lastToken = found == null ? "" : token;
        lastCluster = cluster;
        return found;
    }

    /** Opens the session, or joins who opens it; completes on the loop, or fails with {@link RefusedException}. */
    public CompletionStage<ClusterSession> open(String token, String cluster, Map<String, String> details) {
        String key = key(token, cluster);
        Entry known = entries.get(key);
        if (known != null && (known.open == null || known.open.open())) {
            return known.opening;
        }
        if (entries.size() >= MOST || closed) {
            return CompletableFuture.failedFuture(
                    new RefusedException(429, "too many sessions on one connection; open another"));
        }
        Entry entry = new Entry();
        entries.put(key, entry);
        entry.opening.whenComplete((opened, failure) -> {
            if (opened == null) {
                entries.remove(key, entry);
            }
        });
        Admission admission = new Admission(new Evidence.Token(Secret.of(token)), cluster, null, null, client, details);
        services.context()
                .sessions()
                .open(
                        admission,
                        services.loops().executor(loop),
                        ending -> ended(key, entry, ending.cause().name(), ending.reason()))
                .whenComplete((opening, failure) -> opened(entry, opening));
        return entry.opening;
    }

    private void ended(String key, Entry entry, String cause, String reason) {
        entries.remove(key, entry);
        entry.ending = reason;
        if (entry.open != null) {
            entry.open.end(cause.toLowerCase(Locale.ROOT), reason);
        }
    }

    private void opened(Entry entry, @Nullable Opening opening) {
        if (opening instanceof Opening.Opened opened) {
            prepare(entry, opened.session());
        } else if (opening instanceof Opening.Refused refused) {
            int status =
                    switch (refused.cause()) {
                        case UNAUTHENTICATED -> 401;
                        case FORBIDDEN -> 403;
                        case TOO_MANY -> 429;
                        case UNAVAILABLE -> 503;
                    };
            entry.opening.completeExceptionally(new RefusedException(status, refused.reason()));
        } else {
            entry.opening.completeExceptionally(new RefusedException(503, "the gateway cannot admit now"));
        }
    }

    private void prepare(Entry entry, Session session) {
        Credential credential = session.credential();
        KubernetesTarget options = (KubernetesTarget) session.target().options();
        services.helpers()
                .call(() -> contexts(credential, options, use(credential)), loop)
                .whenComplete((contexts, failure) -> {
                    String ending = closed ? "the client left" : entry.ending;
                    if (contexts == null || ending != null) {
                        String why = ending != null ? ending : "the target's credential cannot be used";
                        if (ending == null) {
                            session.note(why + ": " + (failure == null ? "" : failure.getMessage()));
                        }
                        session.close(new Closing(ending != null ? "client-closed" : "credential", why));
                        entry.opening.completeExceptionally(new RefusedException(503, why));
                    } else {
                        ClusterSession made = make(session, contexts);
                        admitted = true;
                        entry.open = made;
                        entry.opening.complete(made);
                    }
                });
    }

    private static CredentialUse use(Credential credential) {
        Secret use = credential.part(Part.USE);
        return use == null ? CredentialUse.DIRECT : CredentialUse.read(use.reveal());
    }

    private Contexts contexts(Credential credential, KubernetesTarget options, CredentialUse use) throws IOException {
        SslContext shown = services.tls().context(credential, options.tls().ca(), true);
        SslContext plain = use.serviceAccount() == null
                ? shown
                : services.tls().context(credential, options.tls().ca(), false);
        return new Contexts(shown, plain, use);
    }

    private ClusterSession make(Session session, Contexts contexts) {
        Upstream upstream = new Upstream(services.connecting(), session.target(), contexts.plain(), loop);
        return new ClusterSession(session, upstream, identity(session, contexts));
    }

    private Identity identity(Session session, Contexts contexts) {
        String account = contexts.use().serviceAccount();
        if (account != null) {
            Upstream asking = new Upstream(services.connecting(), session.target(), contexts.shown(), loop);
            OwnRequests own = new OwnRequests(asking, FixedIdentity.direct(session.credential()), session);
            return new AccountIdentity(
                    account, contexts.use().bound(), own, services.context().clock(), services.lendings());
        }
        return contexts.use().impersonate()
                ? FixedIdentity.impersonating(session.credential(), session.principal(), session.id())
                : FixedIdentity.direct(session.credential());
    }

    /** The client is gone. */
    public void close(String cause, String detail) {
        closed = true;
        for (Entry entry : Map.copyOf(entries).values()) {
            if (entry.open != null) {
                entry.open.close(cause, detail);
            }
        }
        entries.clear();
        last = null;
        lastToken = "";
    }

    private static String key(String token, String cluster) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8))) + cluster;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private record Contexts(SslContext shown, SslContext plain, CredentialUse use) {}

    private static final class Entry {

        private final CompletableFuture<ClusterSession> opening = new CompletableFuture<>();
        private @Nullable ClusterSession open;
        private @Nullable String ending;
    }
}
