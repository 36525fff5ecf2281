package io.sallyport.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.action.ApiRequest;
import io.sallyport.kubernetes.RealCluster.Kubectl;
import io.sallyport.kubernetes.RealCluster.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In whose name requests reach a real API server, and what its audit log says. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealIdentityIT {

    private static RealCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RealCluster.get();
    }

    private static Result ok(Result result) {
        assertEquals(0, result.exit(), result::toString);
        return result;
    }

    @Test
    void aSessionActsWithATokenOfItsServiceAccount() throws Exception {
        // Given
        ok(cluster.direct().run("create", "serviceaccount", "deployer"));
        ok(cluster.direct()
                .run("create", "rolebinding", "deployer", "--clusterrole=view", "--serviceaccount=default:deployer"));
        try (Gateway accounts = Gateway.to(
                cluster.address(),
                null,
                () -> cluster.credential("admin", "service-account default/deployer"),
                Duration.ofSeconds(2))) {
            Kubectl deployer = cluster.through(accounts, FakeSessions.TOKEN);

            // When
            Result pods = deployer.run("get", "pods");
            Result secrets = deployer.run("get", "secrets");

            // Then
            ok(pods);
            assertTrue(
                    secrets.err().contains("User \"system:serviceaccount:default:deployer\" cannot list resource"),
                    secrets::toString);
            assertTrue(accounts.sessions.last().own.get(0).startsWith("create default/serviceaccounts:token/deployer"));
        }
    }

    @Test
    void aBoundTokenIsWorthNothingWhenItsSessionIsOver() throws Exception {
        // Given
        ok(cluster.direct().run("create", "serviceaccount", "borrowed"));
        ok(cluster.direct()
                .run("create", "rolebinding", "borrowed", "--clusterrole=view", "--serviceaccount=default:borrowed"));
        String secret;
        try (Gateway accounts = Gateway.to(
                cluster.address(),
                null,
                () -> cluster.credential("admin", "bound-service-account default/borrowed"),
                Duration.ofSeconds(2))) {
            ok(cluster.through(accounts, FakeSessions.TOKEN).run("get", "pods"));
            FakeSessions.FakeSession session = accounts.sessions.last();
            secret = "sallyport-" + session.id().toLowerCase(Locale.ROOT);

            // When
            Await.until("the session is over", () -> session.closing != null);

            // Then
            assertEquals(
                    List.of(
                            "create default/secrets/" + secret + ": what this session's token hangs on",
                            "create default/serviceaccounts:token/borrowed: a token of 600 seconds for this session",
                            "delete default/secrets/" + secret + ": this session's token ends"),
                    session.own);
        }
        Await.until(
                "the Secret is gone",
                () -> cluster.direct().run("get", "secret", secret).err().contains("NotFound"));
    }

    @Test
    void theClustersAuditLogNamesThePrincipal() throws Exception {
        try (Gateway impersonating = Gateway.to(
                cluster.address(), null, () -> cluster.credential("admin", "impersonate"), Duration.ofSeconds(2))) {
            // When
            Result result = cluster.through(impersonating, FakeSessions.TOKEN).run("get", "secrets");

            // Then
            assertTrue(result.err().contains("User \"test:alice\" cannot list resource"), result::toString);
            String session = impersonating.sessions.last().id();
            Await.until("the audit log has it", () -> Files.readString(cluster.run.resolve("audit.log"))
                    .lines()
                    .anyMatch(line -> line.contains("\"impersonatedUser\":{\"username\":\"test:alice\"")
                            && line.contains("\"sallyport-session\":[\"" + session + "\"]")));
        }
    }

    @Test
    void theClustersAuditLogHoldsNothingThatTheRecordLacks() throws Exception {
        // Given
        ok(cluster.direct()
                .run("create", "clusterrolebinding", "everything", "--clusterrole=cluster-admin", "--user=test:alice"));
        try (Gateway impersonating = Gateway.to(
                cluster.address(), null, () -> cluster.credential("admin", "impersonate"), Duration.ofSeconds(2))) {
            Kubectl alice = cluster.through(impersonating, FakeSessions.TOKEN);
            Path audit = cluster.run.resolve("audit.log");
            long before = Files.readString(audit).lines().count();

            // When
            ok(alice.run("create", "configmap", "audited", "--from-literal=a=b"));
            ok(alice.run("label", "configmap", "audited", "x=y"));
            ok(alice.run("get", "configmaps", "-A"));
            ok(alice.run("delete", "configmap", "audited"));

            // Then
            Await.until("the audit log has the deletion", () -> Files.readString(audit)
                    .lines()
                    .anyMatch(line -> line.contains("\"verb\":\"delete\"") && line.contains("configmaps/audited")));
            for (FakeSessions.FakeSession session : impersonating.sessions.opened) {
                List<String> recorded = session.exchanges.stream()
                        .map(exchange -> ((ApiRequest) exchange.action).path())
                        .toList();
                List<String> seen = Files.readString(audit)
                        .lines()
                        .skip(before)
                        .filter(line -> line.contains("\"sallyport-session\":[\"" + session.id() + "\"]"))
                        .map(line -> between(line, "\"requestURI\":\"", "\""))
                        .toList();
                assertEquals(
                        List.of(),
                        seen.stream().filter(uri -> !recorded.contains(uri)).toList());
                assertEquals(recorded.size(), seen.size(), recorded::toString);
            }
        }
        cluster.direct().run("delete", "clusterrolebinding", "everything");
    }

    private static String between(String line, String before, String after) {
        int start = line.indexOf(before) + before.length();
        return line.substring(start, line.indexOf(after, start)).replace("\\u0026", "&");
    }
}
