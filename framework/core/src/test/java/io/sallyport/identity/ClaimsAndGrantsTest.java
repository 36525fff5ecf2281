package io.sallyport.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.Recording;
import io.sallyport.api.principal.Principal;
import io.sallyport.decision.Policy;
import io.sallyport.decision.Scope;
import io.sallyport.grant.Grant;
import io.sallyport.grant.Grants;
import io.sallyport.grant.Who;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a grant makes of the claims of real tokens. */
class ClaimsAndGrantsTest {

    private static final SigningKey KEY = SigningKey.ec("k");

    private final TestIssuer issuer = new TestIssuer();
    private final TestIssuer other = new TestIssuer();
    private final IdentityService service = issuer.service(issuer.settings(), other.settings("second"));

    ClaimsAndGrantsTest() {
        issuer.publish(KEY);
        other.publish(KEY);
    }

    @AfterEach
    void close() {
        service.close();
        issuer.close();
        other.close();
    }

    @Test
    @DisplayName("AUTH-10 a grant for branch main of a GitLab project fits no tag of that name, and legacy tokens fail")
    void gitlab() {
        // Given
        Who who = new Who(
                "test",
                Set.of(),
                Set.of(),
                Map.of("project_id", "42", "ref_type", "branch", "ref", "main", "ref_protected", "true"));
        String branch = "\"project_id\":\"42\",\"ref\":\"main\",\"ref_type\":\"branch\",\"ref_protected\":\"true\","
                + "\"namespace_path\":\"group/sub\",\"runner_id\":7";
        String legacy = issuer.claimsWith("iss", "\"gitlab.example.com\"").replace("\"alice\"", "\"job_123\"");

        // When
        Principal onBranch = principal(issuer, branch);
        Principal onTag = principal(issuer, branch.replace("\"branch\"", "\"tag\""));
        Principal unprotected = principal(issuer, branch.replace("\"true\"", "\"false\""));
        Authentication old = TestIssuer.answer(service, KEY.token(legacy));

        // Then
        assertTrue(fits(who, onBranch));
        assertFalse(fits(who, onTag));
        assertFalse(fits(who, unprotected));
        assertEquals("7", onBranch.claims().get("runner_id"));
        assertEquals("group/sub", onBranch.claims().get("namespace_path"));
        assertInstanceOf(Authentication.Rejected.class, old);
    }

    @Test
    @DisplayName("AUTH-12 identity is issuer and sub: addresses and names that look alike give nobody another's rights")
    void stableClaims() {
        // Given
        Who byEmail = new Who("test", Set.of(), Set.of(), Map.of("email", "alice@example.com"));
        Who bySubject = new Who("test", Set.of("alice"), Set.of(), Map.of());
        Who byName = new Who("test", Set.of(), Set.of(), Map.of("preferred_username", "alice"));
        String verified = "\"email_verified\":true,\"email\":";

        // When
        Principal alice = principal(issuer, verified + "\"alice@example.com\"");
        Principal otherCase = principal(issuer, verified + "\"Alice@Example.com\"");
        Principal unverified = principal(issuer, "\"email_verified\":false,\"email\":\"alice@example.com\"");
        Principal elsewhere = principal(other, verified + "\"alice@example.com\"");
        Principal lookAlike = principal(issuer, "\"preferred_username\":\"\u0430lice\"");

        // Then
        assertTrue(fits(byEmail, alice));
        assertFalse(fits(byEmail, otherCase));
        assertFalse(fits(byEmail, unverified));
        assertFalse(fits(byEmail, elsewhere));
        assertFalse(fits(bySubject, elsewhere));
        assertFalse(fits(byName, lookAlike));
        assertTrue(alice.same(otherCase));
        assertFalse(alice.same(elsewhere));
    }

    @Test
    @DisplayName("AUTH-09 a grant can state a GitHub repository by name, by id or both, whichever form the subject has")
    void github() {
        // Given
        Who names = github(Map.of("repository", "acme/app"));
        Who ids = github(Map.of("repository_id", "1304267049"));
        Who both = github(Map.of("repository", "acme/app", "repository_id", "1304267049"));
        String claims = "\"repository\":\"acme/app\",\"repository_id\":\"%s\",\"ref\":\"refs/heads/main\"";

        // When
        Principal old = principal(issuer, "repo:acme/app:ref:refs/heads/main", claims.formatted("1304267049"));
        Principal recent = principal(
                issuer, "repo:acme@84790634/app@1304267049:ref:refs/heads/main", claims.formatted("1304267049"));
        Principal reused = principal(issuer, "repo:acme@1/app@2:ref:refs/heads/main", claims.formatted("2"));

        // Then
        for (Who who : List.of(names, ids, both)) {
            assertTrue(fits(who, old));
            assertTrue(fits(who, recent));
        }
        assertTrue(fits(names, reused));
        assertFalse(fits(ids, reused));
        assertFalse(fits(both, reused));
    }

    @Test
    @DisplayName("AUTH-08 a principal whose groups the issuer left out fits no grant that names groups")
    void groupsLeftOut() {
        // Given
        Who admins = new Who("test", Set.of(), Set.of("admins"), Map.of());

        // Then
        assertTrue(fits(admins, principal(issuer, "\"groups\":[\"admins\"]")));
        assertFalse(fits(admins, principal(issuer, "\"groups\":[\"admins\"],\"hasgroups\":true")));
        assertFalse(fits(admins, principal(issuer, "\"_claim_names\":{\"groups\":\"src1\"}")));
    }

    private static Who github(Map<String, String> claims) {
        return new Who("test", Set.of(), Set.of(), claims);
    }

    private Principal principal(TestIssuer from, String more) {
        return principal(from, "alice", more);
    }

    private Principal principal(TestIssuer from, String subject, String more) {
        String claims = from.claims(more).replace("\"sub\":\"alice\"", "\"sub\":\"" + subject + "\"");
        return assertInstanceOf(Authentication.Authenticated.class, TestIssuer.answer(service, KEY.token(claims)))
                .principal();
    }

    private boolean fits(Who who, Principal principal) {
        Policy policy = new Policy("g", new Scope(List.of()), false, List.of(), false);
        Grant grant = new Grant(
                "g",
                who,
                Map.of("app", policy),
                Set.of(),
                Set.of(),
                new Recording(Recording.Level.FULL, Recording.Level.NONE, 0),
                false,
                new Grant.SessionLimits(Duration.ofHours(8), null, 1, true, Duration.ZERO),
                new Grant.Conditions(null, List.of(), null, null));
        Grants.Request request =
                new Grants.Request(principal, "app", "own", null, null, null, InetAddress.getLoopbackAddress());
        return new Grants(List.of(grant)).find(request, issuer.now) instanceof Grants.Answer.Granted;
    }
}
