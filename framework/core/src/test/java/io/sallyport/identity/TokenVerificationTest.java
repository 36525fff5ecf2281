package io.sallyport.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.RSAKey;
import io.sallyport.api.config.Secret;
import io.sallyport.api.principal.Evidence;
import io.sallyport.api.principal.Principal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerificationTest {

    private static final SigningKey RSA = SigningKey.rsa("a");
    private static final SigningKey FORGER = SigningKey.rsa("a");
    private static final SigningKey EC = SigningKey.ec("e");
    private static final SigningKey ED = SigningKey.ed25519("d");

    private final TestIssuer issuer = new TestIssuer();
    private final IdentityService service = issuer.service();

    TokenVerificationTest() {
        issuer.publish(RSA, EC, ED);
    }

    @AfterEach
    void close() {
        service.close();
        issuer.close();
    }

    @Test
    @DisplayName("a token of each accepted algorithm proves its principal")
    void accepted() {
        for (SigningKey key : List.of(RSA, RSA.with("PS256"), EC, ED)) {
            // When
            Authentication answer = show(key.token(issuer.claims("\"jti\":\"j-1\",\"n\":5,\"b\":true")));

            // Then
            var proven = assertInstanceOf(Authentication.Authenticated.class, answer, key.algorithm());
            assertEquals("test", proven.principal().issuer());
            assertEquals("alice", proven.principal().subject());
            assertEquals("5", proven.principal().claims().get("n"));
            assertEquals("true", proven.principal().claims().get("b"));
            assertEquals("j-1", proven.tokenId());
            assertEquals(issuer.now.plusSeconds(3600), proven.expires());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", ""})
    @DisplayName("AUTH-01 an unsigned token is refused in all spellings of none")
    void none(String algorithm) {
        // Given
        String input = SigningKey.encode(("{\"alg\":\"" + algorithm + "\"}").getBytes(StandardCharsets.UTF_8)) + "."
                + SigningKey.encode(issuer.claims("").getBytes(StandardCharsets.UTF_8));

        // Then
        assertRefused(input + ".", "empty");
        assertRefused(input, "three parts");
        assertRefused(input + ".AAAA", "alg is");
    }

    @Test
    @DisplayName("AUTH-02 a public key, in any of its forms, is no HMAC secret")
    void hmac() throws GeneralSecurityException {
        // Given
        RSAPublicKey key = (RSAPublicKey) RSA.pair().getPublic();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        byte[] modulus = new RSAKey.Builder(key).build().getModulus().decode();
        byte[] pkcs1 = Arrays.copyOfRange(key.getEncoded(), 24, key.getEncoded().length);
        List<byte[]> secrets = List.of(
                pem.getBytes(StandardCharsets.US_ASCII),
                pem.trim().getBytes(StandardCharsets.US_ASCII),
                key.getEncoded(),
                pkcs1,
                modulus,
                "client-secret".getBytes(StandardCharsets.US_ASCII));

        for (byte[] secret : secrets) {
            // When
            String input = SigningKey.encode("{\"alg\":\"HS256\",\"kid\":\"a\"}".getBytes(StandardCharsets.UTF_8)) + "."
                    + SigningKey.encode(issuer.claims("").getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String token = input + "." + SigningKey.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));

            // Then
            assertRefused(token, "alg is 'HS256'");
        }
    }

    @Test
    @DisplayName("a key verifies only what its own type, use, operations and algorithm allow")
    void keyFits() {
        for (String members : List.of(
                "\"kid\":\"a\",\"use\":\"enc\"",
                "\"kid\":\"a\",\"alg\":\"RS512\"",
                "\"kid\":\"a\",\"alg\":\"RSA-OAEP\"",
                "\"kid\":\"a\",\"key_ops\":[\"encrypt\"]")) {
            // Given
            issuer.keySet = "{\"keys\":[" + RSA.jwk(members) + "," + EC.jwk() + "]}";
            try (IdentityService fresh = issuer.service()) {
                // When
                Authentication answer = TestIssuer.answer(fresh, RSA.token(issuer.claims("")));

                // Then
                assertTrue(reason(answer).contains("no key for RS256"), members);
            }
        }
        assertRefused(EC.token("{\"alg\":\"ES256\",\"kid\":\"a\"}", issuer.claims("")), "no key for ES256");
    }

    @Test
    @DisplayName("keys that the token brings or points to are never looked at")
    void ownKeys() {
        // Given
        SigningKey mine = FORGER;
        String header = "{\"alg\":\"RS256\",\"kid\":\"a\",\"jku\":\"" + issuer.url() + "/mine\",\"x5u\":\""
                + issuer.url() + "/mine\",\"jwk\":" + mine.jwk() + "}";

        // Then
        assertRefused(mine.token(header, issuer.claims("")), "signature");
        assertRefused(RSA.token("{\"alg\":\"RS256\",\"kid\":\"a\",\"crit\":[\"exp\"]}", issuer.claims("")), "critical");
    }

    @Test
    @DisplayName("what is no token is refused: other parts, alphabets, shapes, twice-named claims, other kinds")
    void malformed() {
        String good = RSA.token(issuer.claims(""));
        assertRefused("", "three parts");
        assertRefused("a.b.c.d.e", "three parts");
        assertRefused(good + "=", "padded");
        assertRefused(good.replace('.', '!'), "three parts");
        assertRefused(RSA.token("[]"), "JSON object");
        assertRefused(RSA.token("{}x"), "JSON");
        assertRefused(RSA.token(issuer.claims("\"sub\":\"bob\"")), "stands once");
        assertRefused(
                RSA.token("{\"alg\":\"RS256\",\"kid\":\"a\",\"typ\":\"logout+jwt\"}", issuer.claims("")), "typ is");
        assertRefused(RSA.token(issuer.claims("\"pad\":\"" + "x".repeat(20_000) + "\"")), "max-token-size");
    }

    @Test
    @DisplayName("a token that was changed anywhere is refused")
    void changed() {
        // Given
        String good = RSA.token(issuer.claims(""));
        String other = RSA.token(issuer.claims("\"admin\":true"));
        String[] parts = good.split("\\.", -1);
        String[] otherParts = other.split("\\.", -1);

        // Then
        assertRefused(parts[0] + "." + otherParts[1] + "." + parts[2], "signature");
        assertRefused(FORGER.token(issuer.claims("")), "signature");
    }

    @Test
    @DisplayName("AUTH-04 only an audience that is spelled exactly so opens the door")
    void audience() {
        for (String wrong : Arrays.asList(
                "\"sallyport-x\"", "\"sallyport/\"", "\"Sallyport\"", "[\"other\"]", "[]", "\"\"", "5", "{}", null)) {
            assertRefused(RSA.token(issuer.claimsWith("aud", wrong)), "aud is");
        }
        assertRefused(RSA.token(issuer.claimsWith("aud", "[\"sallyport\",5]")), "aud has");
        assertRefused(
                RSA.token(issuer.claimsWith("aud", "\"other\"").replace("\"sub\"", "\"azp\":\"sallyport\",\"sub\"")),
                "expected 'sallyport'");
        assertInstanceOf(
                Authentication.Authenticated.class,
                show(RSA.token(issuer.claimsWith("aud", "[\"other\",\"sallyport\"]"))));
    }

    @Test
    @DisplayName("a token for the admin API opens that door alone")
    void adminAudience() {
        // Given
        String admin = RSA.token(issuer.claimsWith("aud", "\"sallyport-admin\""));
        String data = RSA.token(issuer.claims(""));
        Audiences adminDoor = Audiences.only("sallyport-admin");

        // When
        Authentication answer = TestIssuer.await(service.authenticate(new Evidence.Token(Secret.of(admin)), adminDoor));

        // Then
        assertInstanceOf(Authentication.Authenticated.class, answer);
        assertRefused(admin, "aud is 'sallyport-admin'");
        assertInstanceOf(Authentication.Authenticated.class, show(data));
        assertTrue(reason(TestIssuer.await(service.authenticate(new Evidence.Token(Secret.of(data)), adminDoor)))
                .contains("aud is 'sallyport'"));
    }

    @Test
    @DisplayName("AUTH-04 the issuer is compared as an exact string")
    void issuerExact() {
        assertRefused(RSA.token(issuer.claimsWith("iss", "\"" + issuer.url() + "/\"")), "iss is");
        assertRefused(RSA.token(issuer.claimsWith("iss", "\"" + issuer.url() + "/tenant2\"")), "iss is");
        assertRefused(RSA.token(issuer.claimsWith("iss", "\"127.0.0.1\"")), "iss is");
        assertRefused(RSA.token(issuer.claimsWith("iss", null)), "iss is missing");
        assertRefused(RSA.token(issuer.claimsWith("iss", "5")), "iss is not text");
    }

    @Test
    @DisplayName("AUTH-05 one leeway of a minute holds for exp, nbf and iat alike")
    void times() {
        long now = issuer.now.getEpochSecond();
        for (long exp : List.of(now - 1, now - 59)) {
            assertInstanceOf(
                    Authentication.Authenticated.class, show(RSA.token(issuer.claimsWith("exp", Long.toString(exp)))));
        }
        assertRefused(RSA.token(issuer.claimsWith("exp", Long.toString(now - 61))), "exp is");
        for (String name : List.of("nbf", "iat")) {
            for (long early : List.of(now + 5, now + 59)) {
                assertInstanceOf(
                        Authentication.Authenticated.class,
                        show(RSA.token(issuer.claimsWith(name, Long.toString(early)))));
            }
            assertRefused(RSA.token(issuer.claimsWith(name, Long.toString(now + 3600))), name + " is");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1795608000\"", "1e10", "1795608000.5", "-5", "0", "99999999999999999999", "null", "[1]"})
    @DisplayName("AUTH-05 a time that is no whole number of seconds is refused, not rounded")
    void malformedTimes(String time) {
        assertRefused(RSA.token(issuer.claimsWith("exp", time)), "exp is not");
        assertRefused(RSA.token(issuer.claimsWith("nbf", time)), "nbf is not");
    }

    @Test
    @DisplayName("AUTH-05 a token without expiry is refused")
    void noExpiry() {
        assertRefused(RSA.token(issuer.claimsWith("exp", null)), "exp is missing");
    }

    @Test
    @DisplayName("AUTH-03 a token without a key's name is good only while one key can be meant")
    void noKid() {
        // Given
        String header = "{\"alg\":\"RS256\"}";

        // When
        Authentication one = show(RSA.token(header, issuer.claims("")));
        issuer.publish(RSA, FORGER, EC);
        try (IdentityService fresh = issuer.service()) {
            Authentication two = TestIssuer.answer(fresh, RSA.token(header, issuer.claims("")));

            // Then
            assertInstanceOf(Authentication.Authenticated.class, one);
            assertTrue(reason(two).contains("names no key"));
        }
    }

    @Test
    @DisplayName("claims that the configuration requires must be equal, as text")
    void required() {
        try (IdentityService strict =
                issuer.service(issuer.settings("${sub}", null, Map.of("ref_protected", "true"), null))) {
            assertInstanceOf(
                    Authentication.Authenticated.class,
                    TestIssuer.answer(strict, RSA.token(issuer.claims("\"ref_protected\":\"true\""))));
            for (String wrong : List.of("\"false\"", "\"True\"", "[\"true\"]", "null")) {
                assertTrue(reason(TestIssuer.answer(strict, RSA.token(issuer.claims("\"ref_protected\":" + wrong))))
                        .contains("expected 'true'"));
            }
        }
    }

    @Test
    @DisplayName("the token's secret is wiped, whatever the answer")
    void wiped() {
        // Given
        Secret good = Secret.of(RSA.token(issuer.claims("")));
        Secret bad = Secret.of("x");

        // When
        TestIssuer.await(service.authenticate(new Evidence.Token(good), TestIssuer.DATA));
        TestIssuer.await(service.authenticate(new Evidence.Token(bad), TestIssuer.DATA));

        // Then
        assertThrows(IllegalStateException.class, good::copy);
        assertThrows(IllegalStateException.class, bad::copy);
    }

    @Test
    @DisplayName("every mistake looks the same to the client")
    void publicReason() {
        // When
        var expired = (Authentication.Rejected) show(RSA.token(issuer.claimsWith("exp", "5")));
        var forged = (Authentication.Rejected) show(FORGER.token(issuer.claims("")));

        // Then
        assertEquals(expired.publicReason(), forged.publicReason());
    }

    @Test
    @DisplayName("evidence other than a token proves nothing yet")
    void otherEvidence() {
        assertTrue(reason(TestIssuer.await(service.authenticate(new Evidence.Key("SHA256:x"), TestIssuer.DATA)))
                .contains("only tokens"));
    }

    @Test
    @DisplayName("AUTH-08 groups that the issuer left out are unknown, and the address in the token is never asked")
    void groupOverage() {
        // Given
        String elsewhere = "\"_claim_names\":{\"groups\":\"src1\"},\"_claim_sources\":{\"src1\":{\"endpoint\":\""
                + issuer.url() + "/groups\"}}";
        java.util.concurrent.atomic.AtomicInteger asked = new java.util.concurrent.atomic.AtomicInteger();
        issuer.server.createContext("/groups", exchange -> {
            asked.incrementAndGet();
            exchange.close();
        });

        // When
        var leftOut = authenticated(elsewhere);
        var flagged = authenticated("\"hasgroups\":true");
        var partly = authenticated("\"groups\":[\"admins\"],\"hasgroups\":\"true\"");
        var none = authenticated("\"groups\":[]");
        var one = authenticated("\"groups\":\"dev\"");

        // Then
        assertEquals(Set.of(), leftOut.principal().groups());
        assertTrue(leftOut.groupsLeftOut());
        assertTrue(flagged.groupsLeftOut());
        assertEquals(Set.of(), partly.principal().groups());
        assertEquals(Set.of(), none.principal().groups());
        assertFalse(none.groupsLeftOut());
        assertEquals(Set.of("dev"), one.principal().groups());
        assertEquals(0, asked.get());
    }

    @Test
    @DisplayName("groups may lie in nested claims, and what is no list of text is refused")
    void groups() {
        try (IdentityService nested = issuer.service(issuer.settings("${sub}", "realm_access.roles", Map.of(), null))) {
            var answer = TestIssuer.answer(
                    nested, RSA.token(issuer.claims("\"realm_access\":{\"roles\":[\"dba\",\"dev\"]}")));
            assertEquals(
                    Set.of("dba", "dev"),
                    ((Authentication.Authenticated) answer).principal().groups());
        }
        assertRefused(RSA.token(issuer.claims("\"groups\":[\"a\",5]")), "not text");
        assertRefused(RSA.token(issuer.claims("\"groups\":{\"a\":1}")), "no list");
    }

    @Test
    @DisplayName("an unverified e-mail address gives no rights")
    void email() {
        assertNull(authenticated("\"email\":\"a@x\",\"email_verified\":false")
                .principal()
                .claims()
                .get("email"));
        assertNull(authenticated("\"email\":\"a@x\"").principal().claims().get("email"));
        assertEquals(
                "a@x",
                authenticated("\"email\":\"a@x\",\"email_verified\":true")
                        .principal()
                        .claims()
                        .get("email"));
    }

    @Test
    @DisplayName("the human behind an automation is named by a claim, without which there is no login")
    void onBehalfOf() {
        try (IdentityService pipelines =
                issuer.service(issuer.settings("ci:${project_path}@${ref}", null, Map.of(), "${user_login}"))) {
            // Given
            String claims = "\"project_path\":\"shop/report\",\"ref\":\"main\"";

            // When
            Principal principal = principal(
                    TestIssuer.answer(pipelines, RSA.token(issuer.claims(claims + ",\"user_login\":\"bob\""))));
            Authentication nobody = TestIssuer.answer(pipelines, RSA.token(issuer.claims(claims)));

            // Then
            assertEquals("ci:shop/report@main", principal.display());
            assertEquals("bob", principal.onBehalfOf());
            assertTrue(reason(nobody).contains("'user_login' is missing"));
        }
    }

    private Authentication.Authenticated authenticated(String more) {
        return assertInstanceOf(Authentication.Authenticated.class, show(RSA.token(issuer.claims(more))));
    }

    private static Principal principal(Authentication answer) {
        return assertInstanceOf(Authentication.Authenticated.class, answer).principal();
    }

    private void assertRefused(String token, String reason) {
        String actual = reason(show(token));
        assertTrue(actual.contains(reason), () -> actual + " should say: " + reason);
    }

    private static String reason(Authentication answer) {
        return assertInstanceOf(Authentication.Rejected.class, answer).operatorReason();
    }

    private Authentication show(String token) {
        return TestIssuer.answer(service, token);
    }
}
