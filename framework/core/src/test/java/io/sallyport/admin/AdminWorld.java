package io.sallyport.admin;

import io.sallyport.api.Recording;
import io.sallyport.api.config.HostPort;
import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.principal.Principal;
import io.sallyport.approval.ApprovalWorld;
import io.sallyport.approval.access.AccessRecord;
import io.sallyport.approval.access.AccessRequests;
import io.sallyport.approval.access.AccessTerms;
import io.sallyport.approval.revocation.Revocations;
import io.sallyport.decision.Policy;
import io.sallyport.decision.Scope;
import io.sallyport.grant.AccessDesk;
import io.sallyport.grant.Grant;
import io.sallyport.grant.Grants;
import io.sallyport.grant.Who;
import io.sallyport.launch.reload.ReloadReport;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    /** Who asked for what. */
    public final AccessRequests access;

    /** The session index. */
    public final SessionIndex sessions;

    /** The certificate that clients trust. */
    public final Path ca;

    /** The server. */
    public final AdminServer server;

    /** What the record of access was given. */
    public final Queue<AccessRecord.Entry> accesses = new ConcurrentLinkedQueue<>();

    private final HttpClient client;

    /** Starts everything; files go into the directory. */
    public AdminWorld(Path directory) {
        approvals = new ApprovalWorld(StoreSettings.embedded(directory.resolve("store.db")));
        revocations = new Revocations(approvals.store, "gw-1", approvals.time, approvals.time, approvals.entries::add);
        revocations.start();
        access = new AccessRequests(approvals.store, approvals.time, approvals.time, accesses::add, revocations);
        access.start();
        sessions = new SessionIndex(approvals.store);
        AdminSettings.Tls tls = TestCertificate.in(directory);
        ca = tls.certificate();
        server = new AdminServer(
                new AdminSettings(
                        new HostPort("127.0.0.1", 0),
                        tls,
                        "sallyport-admin",
                        () -> List.of(
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

    /** Asks for the grant {@code on-call} and tells the request's identifier. */
    public String access(String who) {
        String body = send(
                        "POST",
                        "/api/v1/access-requests",
                        who,
                        "{\"grant\":\"on-call\",\"seconds\":3600,\"reason\":\"a page at night\"}")
                .body();
        int id = body.indexOf("acc-");
        return body.substring(id, body.indexOf('"', id));
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
        access.close();
        revocations.close();
        approvals.close();
    }

    private AdminServices services() {
        return new AdminServices(
                "gw-1",
                (token, audience) -> {
                    // A token that begins with gw- has the gateway's audience, not this API's.
                    boolean gateway = token.reveal().startsWith("gw-");
                    boolean accepted = gateway == audience.isEmpty() || audience.isEmpty();
                    Principal principal =
                            accepted ? PEOPLE.get(gateway ? token.reveal().substring(3) : token.reveal()) : null;
                    return principal == null
                            ? CompletableFuture.failedFuture(new NotAuthenticatedException("the token is not known"))
                            : CompletableFuture.completedFuture(principal);
                },
                approvals.store,
                approvals.approvals,
                revocations,
                new AccessDesk(AdminWorld::grants, access),
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
                new ReloadStub(),
                approvals.time);
    }

    /** A grant for developers that a dba approves, and one that they open themselves. */
    private static Grants grants() {
        return new Grants(List.of(grant("on-call", false), grant("emergency", true)));
    }

    private static Grant grant(String name, boolean breakGlass) {
        AccessTerms terms = new AccessTerms(
                breakGlass,
                new Approvers("demo", Set.of("dba"), 1),
                Duration.ofHours(2),
                Duration.ofHours(8),
                breakGlass,
                List.of("target app", "select on public.**"));
        return new Grant(
                name,
                new Who("demo", Set.of(), Set.of("dev"), Map.of()),
                Map.of("app", new Policy(name, new Scope(List.of()), false, List.of(), false)),
                Set.of(),
                Set.of(),
                new Recording(Recording.Level.FULL, Recording.Level.NONE, 0),
                false,
                new Grant.SessionLimits(Duration.ofHours(8), null, 1, true, Duration.ZERO),
                new Grant.Conditions(null, List.of(), null, terms));
    }

    /** Reloads generation 2, whoever asks. */
    private static final class ReloadStub implements Reloading {

        @Override
        public ReloadReport current() {
            return new ReloadReport(1, "d1", Instant.EPOCH, List.of());
        }

        @Override
        public CompletionStage<ReloadReport> reload(Principal operator) {
            return CompletableFuture.completedFuture(new ReloadReport(2, "d2", Instant.EPOCH, List.of("grants")));
        }
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
