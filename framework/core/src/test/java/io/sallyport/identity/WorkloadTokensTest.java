package io.sallyport.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.config.Secret;
import io.sallyport.api.principal.Principal;
import io.sallyport.grant.Who;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of the shape in which CI systems, clusters and meshes make them. */
class WorkloadTokensTest {

    private static final SigningKey KEY = SigningKey.rsa("k");

    private final TestIssuer issuer = new TestIssuer();

    WorkloadTokensTest() {
        issuer.publish(KEY);
    }

    @AfterEach
    void close() {
        issuer.close();
    }

    @Test
    @DisplayName("a job of GitHub Actions is known by repository, ref, environment and run")
    void github() {
        // Given
        IssuerSettings settings = issuer.settings(
                "gh:${repository}@${ref}#${run_id}", null, Map.of("repository_owner_id", "84790634"), "${actor}");

        // When
        Principal principal = principal(settings, sample("github-actions.json"));

        // Then
        assertEquals("gh:acme/app@refs/heads/main#17041213391", principal.display());
        assertEquals("octo-dev", principal.onBehalfOf());
        assertEquals("repo:acme/app:environment:production", principal.subject());
        assertFits(principal, Map.of("repository_id", "1304267049", "environment", "production"));
        assertLacks(principal, Map.of("repository_id", "1"), "repository_id is '1304267049', expected '1'");
    }

    @Test
    @DisplayName("a job of GitLab is known by project, protected ref and pipeline")
    void gitlab() {
        // Given
        IssuerSettings settings =
                issuer.settings("ci:${project_path}@${ref}", null, Map.of("ref_protected", "true"), "${user_login}");

        // When
        Principal principal = principal(settings, sample("gitlab.json"));

        // Then
        assertEquals("ci:shop/report@main", principal.display());
        assertEquals("jdoe", principal.onBehalfOf());
        assertFits(principal, Map.of("project_id", "42", "ref_type", "branch", "ref", "main"));
        assertLacks(principal, Map.of("ref", "release"), "ref is 'main', expected 'release'");
        assertEquals("574", principal.claims().get("pipeline_id"));
    }

    @Test
    @DisplayName(
            "AUTH-11 a projected service-account token with the gateway's audience is a login, a pod's default token none")
    void projected() {
        // Given
        IssuerSettings settings = issuer.settings("sa:${kubernetes.io.serviceaccount.name}", null, Map.of(), null);
        String projected = sample("kubernetes-projected.json");
        String defaultToken =
                projected.replace("[\"sallyport\"]", "[\"https://kubernetes.default.svc.cluster.local\",\"k3s\"]");
        SigningKey ofAnotherCluster = SigningKey.rsa("k");

        // When
        Principal principal = principal(settings, projected);
        String refusedDefault = refusal(settings, KEY.token(defaultToken));
        String refusedOther = refusal(settings, ofAnotherCluster.token(projected));

        // Then
        assertEquals("sa:deployer", principal.display());
        assertEquals("system:serviceaccount:web:deployer", principal.subject());
        assertFits(
                principal, Map.of("kubernetes.io.namespace", "web", "kubernetes.io.serviceaccount.name", "deployer"));
        assertEquals("runner-0", principal.claims().get("kubernetes.io.pod.name"));
        assertTrue(refusedDefault.contains(
                "aud is 'https://kubernetes.default.svc.cluster.local k3s', expected 'sallyport'"));
        assertTrue(refusedOther.contains("signature"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://kubernetes.default.svc",
                "https://kubernetes.default.svc/",
                "https://kubernetes.default.svc:443",
                "https://kubernetes.default.svc.cluster.local",
                "kubernetes.default.svc.corp.example",
                "kubernetes",
                "k3s",
                "https://cluster.example/oidc",
                "https://cluster.example/oidc/"
            })
    @DisplayName("AUTH-11 an API server's own audience is refused in the configuration")
    void ownAudience(String audience) {
        // When
        Exception refused =
                assertThrows(IllegalArgumentException.class, () -> cluster(Set.of("sallyport", audience), null));

        // Then
        assertTrue(String.valueOf(refused.getMessage()).contains("each pod's default token, would be a login"));
    }

    @Test
    @DisplayName("AUTH-11 an audience that the gateway's own token has for the API server opens no door")
    void unusualAudience() {
        // Given
        String own = KEY.token(issuer.claimsWith("aud", "[\"api.corp.example\"]"));
        IssuerSettings settings = issuer.at(
                URI.create(issuer.url() + "/keys"),
                null,
                () -> Secret.of(own),
                issuer.url(),
                Set.of("api.corp.example"));

        // When
        String refused = refusal(settings, KEY.token(issuer.claimsWith("aud", "\"api.corp.example\"")));

        // Then
        assertTrue(refused.contains("'api.corp.example' is also the audience of the API"), refused);
        assertNull(issuer.authorization);
    }

    @Test
    @DisplayName("a SPIFFE JWT-SVID needs no iss: its trust domain's bundle verifies it")
    void spiffe() {
        // Given
        issuer.keySet = "{\"spiffe_sequence\":7,\"spiffe_refresh_hint\":300,\"keys\":["
                + KEY.jwk("\"use\":\"jwt-svid\",\"kid\":\"k\"") + "]}";
        IssuerSettings settings = mesh();
        String svid = sample("spiffe-jwt-svid.json");

        // When
        Principal principal = principal(settings, svid);

        // Then
        assertEquals("spiffe://example.org/ns/billing/sa/api", principal.subject());
        for (String other : List.of(
                "spiffe://example.org",
                "spiffe://example.org/",
                "spiffe://example.org/a//b",
                "spiffe://example.org/../admin",
                "spiffe://other.example/ns/billing/sa/api",
                "spiffe://example.org.evil/x",
                "spiffe://EXAMPLE.org/x",
                "api")) {
            refusal(settings, KEY.token(svid.replace("spiffe://example.org/ns/billing/sa/api", other)));
        }
    }

    @Test
    @DisplayName("keys of a SPIFFE bundle that are for certificates verify no token, and keys for tokens no others'")
    void spiffeKeyUse() {
        for (String use :
                List.of("\"use\":\"x509-svid\",\"kid\":\"k\"", "\"kid\":\"k\"", "\"use\":\"sig\",\"kid\":\"k\"")) {
            // Given
            issuer.keySet = "{\"keys\":[" + KEY.jwk(use) + "]}";

            // Then
            assertTrue(
                    refusal(mesh(), KEY.token(sample("spiffe-jwt-svid.json"))).contains("no usable key"), use);
        }
        issuer.keySet = "{\"keys\":[" + KEY.jwk("\"use\":\"jwt-svid\",\"kid\":\"k\"") + "]}";
        assertTrue(refusal(issuer.settings(), KEY.token(issuer.claims(""))).contains("no usable key"));
    }

    @Test
    @DisplayName("two claims that would have one name are refused")
    void ambiguous() {
        String nested = issuer.claims("\"kubernetes.io.namespace\":\"web\",\"kubernetes.io\":{\"namespace\":\"prod\"}");
        assertTrue(refusal(issuer.settings(), KEY.token(nested))
                .contains("two claims are called 'kubernetes.io.namespace'"));
    }

    private IssuerSettings mesh() {
        return issuer.at(URI.create(issuer.url() + "/keys"), null, null, "spiffe://example.org", Set.of("sallyport"));
    }

    private IssuerSettings cluster(Set<String> audiences, @Nullable URI keys) {
        return issuer.at(keys, null, null, "https://cluster.example/oidc", audiences);
    }

    /** A token's claims as its issuer writes them, with the issuer and the time of this test. */
    private String sample(String name) {
        try (InputStream in = WorkloadTokensTest.class.getResourceAsStream(name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            long now = issuer.now.getEpochSecond();
            return text.replace("ISSUER", issuer.url())
                    .replace(
                            "1700000600",
                            Long.toString(now + Duration.ofMinutes(10).toSeconds()))
                    .replace("1700000000", Long.toString(now));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Principal principal(IssuerSettings settings, String claims) {
        try (IdentityService service = issuer.service(settings)) {
            return assertInstanceOf(Authentication.Authenticated.class, TestIssuer.answer(service, KEY.token(claims)))
                    .principal();
        }
    }

    private String refusal(IssuerSettings settings, String token) {
        try (IdentityService service = issuer.service(settings)) {
            return assertInstanceOf(Authentication.Rejected.class, TestIssuer.answer(service, token), token)
                    .operatorReason();
        }
    }

    private static void assertFits(Principal principal, Map<String, String> claims) {
        assertNull(who(claims).difference(principal));
    }

    private static void assertLacks(Principal principal, Map<String, String> claims, String difference) {
        assertEquals(difference, who(claims).difference(principal));
    }

    private static Who who(Map<String, String> claims) {
        return new Who("test", Set.of(), Set.of(), claims);
    }
}
