package io.sallyport.admin;

import io.sallyport.api.config.HostPort;
import io.sallyport.api.principal.Principal;
import io.sallyport.approval.ApprovalWorld;
import io.sallyport.approval.revocation.Revocations;
import io.sallyport.store.SessionEntry;
import io.sallyport.store.SessionIndex;
import io.sallyport.store.StoreSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A running admin API over an empty store, with people whose tokens are their names. */
public final class AdminWorld implements AutoCloseable {

    /** People by token; {@code nobody} has a verified identity and no role. */
    public static final Map<String, Principal> PEOPLE = Map.of(
            "alice", ApprovalWorld.person("alice", "dev", "dba"),
            "bob", ApprovalWorld.person("bob", "dba"),
            "carol", ApprovalWorld.person("carol", "dba"),
            "olga", ApprovalWorld.person("olga", "ops"),
            "audit", ApprovalWorld.person("audit", "audit"),
            "root", ApprovalWorld.person("root", "admins"),
            "nobody", ApprovalWorld.person("nobody", "dev"));

    /** The rooms below. */
    public final ApprovalWorld approvals;

    /** The revocations of this node. */
    public final Revocations revocations;

    /** The session index. */
    public final SessionIndex sessions;

    /** The certificate that clients trust. */
    public final Path ca;

    /** The server. */
    public final AdminServer server;

    private final HttpClient client;

    /** Starts everything; files go into the directory. */
    public AdminWorld(Path directory) {
        approvals = new ApprovalWorld(StoreSettings.embedded(directory.resolve("store.db")));
        revocations = new Revocations(approvals.store, "gw-1", approvals.time, approvals.time, approvals.entries::add);
        revocations.start();
        sessions = new SessionIndex(approvals.store);
        AdminSettings.Tls tls = TestCertificate.in(directory);
        ca = tls.certificate();
        server = new AdminServer(
                new AdminSettings(
                        new HostPort("127.0.0.1", 0),
                        tls,
                        "sallyport-admin",
                        List.of(
                                new Operator("demo", Set.of("dba", "ops"), Role.APPROVER),
                                new Operator("demo", Set.of("audit"), Role.AUDITOR),
                                new Operator("demo", Set.of("admins"), Role.ADMIN))),
                services());
        try {
            server.start();
            client = HttpClient.newBuilder().sslContext(trusting(ca)).build();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a request; without a token if it is null. */
    public HttpResponse<String> send(String method, String path, @Nullable String token, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        return send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends any request. */
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The whole address of a path. */
    public URI uri(String path) {
        return URI.create("https://127.0.0.1:" + server.address().getPort() + path);
    }

    /** Puts a session of alice into the index. */
    public void session(String id) {
        ApprovalWorld.get(sessions.opened(new SessionEntry(
                id,
                "gw-1",
                "demo",
                "alice",
                "alice",
                "dev",
                "app",
                "app",
                "app",
                "127.0.0.1:5000",
                approvals.time.instant(),
                null,
                SessionEntry.Counters.NONE)));
    }

    @Override
    public void close() {
        server.close();
        revocations.close();
        approvals.close();
    }

    private AdminServices services() {
        return new AdminServices(
                "gw-1",
                (token, audience) -> {
                    Principal principal = PEOPLE.get(token.reveal());
                    return principal == null
                            ? CompletableFuture.failedFuture(new NotAuthenticatedException("the token is not known"))
                            : CompletableFuture.completedFuture(principal);
                },
                approvals.store,
                approvals.approvals,
                revocations,
                AdminWorld::records,
                new GatewayStatus() {
                    @Override
                    public boolean ready() {
                        return true;
                    }

                    @Override
                    public Map<String, String> components() {
                        return Map.of("journal", "writing");
                    }
                },
                approvals.entries::add,
                approvals.time);
    }

    /** Three records, two to a page. */
    private static CompletableFuture<SessionRecords.Page> records(String session, @Nullable String from, int limit) {
        return CompletableFuture.completedFuture(
                from == null
                        ? new SessionRecords.Page(
                                List.of(
                                        record(session, 1, "session-opened", "{\"principal\":\"alice\"}"),
                                        record(session, 2, "action", "{\"text\":\"DROP TABLE t\\u001b[2K\"}")),
                                "2")
                        : new SessionRecords.Page(
                                List.of(record(session, 3, "verdict", "{\"verdict\":\"deny\",\"rule\":\"D2\"}")),
                                null));
    }

    private static String record(String session, int sequence, String type, String payload) {
        return "{\"time\":\"2027-01-01T00:00:0" + sequence + "Z\",\"type\":\"" + type + "\",\"session\":\"" + session
                + "\",\"sequence\":" + sequence + ",\"payload\":" + payload + "}";
    }

    private static SSLContext trusting(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
