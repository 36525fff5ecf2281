package io.sallyport.demo.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The demo's issuer")
final class DemoIssuerTest {

    /** RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String REDIRECT = "https%3A%2F%2F127.0.0.1%3A18443%2Fcallback";

    private final DemoIssuer issuer;
    private final HttpClient client = HttpClient.newHttpClient();

    DemoIssuerTest() throws IOException {
        issuer = DemoIssuer.start();
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    @DisplayName("signs eight-hour tokens that its published key verifies")
    void token() throws Exception {
        // Given
        String keys = get(String.valueOf(JSONObjectUtils.parse(get(issuer.url() + "/.well-known/openid-configuration"))
                .get("jwks_uri")));

        // When
        SignedJWT token = SignedJWT.parse(issuer.mint().token(Person.CI));

        // Then
        String keyId = token.getHeader().getKeyID();
        assertTrue(token.verify(
                new RSASSAVerifier(JWKSet.parse(keys).getKeyByKeyId(keyId).toRSAKey())));
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertEquals(issuer.url(), claims.getIssuer());
        assertEquals(List.of("sallyport"), claims.getAudience());
        assertEquals("42", claims.getStringClaim("project_id"));
        assertEquals(
                Duration.ofHours(8),
                Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()));
    }

    @Test
    @DisplayName("gives a token for a name through the code flow with PKCE, once")
    void codeFlow() throws Exception {
        // Given
        HttpResponse<String> login = post(authorize(REDIRECT), "name=bob");
        String location = login.headers().firstValue("Location").orElseThrow();
        String code = location.replaceAll(".*[?&]code=([^&]*).*", "$1");
        String exchange = "grant_type=authorization_code&client_id=console&code=" + code + "&redirect_uri=" + REDIRECT
                + "&code_verifier=" + VERIFIER;

        // When
        HttpResponse<String> first = post(issuer.url() + "/token", exchange);
        HttpResponse<String> second = post(issuer.url() + "/token", exchange);

        // Then
        assertTrue(location.startsWith("https://127.0.0.1:18443/callback?code="), location);
        assertTrue(location.endsWith("&state=a%26b"), location);
        Object token = JSONObjectUtils.parse(first.body()).get("id_token");
        JWTClaimsSet claims = SignedJWT.parse(String.valueOf(token)).getJWTClaimsSet();
        assertEquals("bob", claims.getSubject());
        assertEquals("n1", claims.getStringClaim("nonce"));
        assertEquals(400, second.statusCode());
    }

    @Test
    @DisplayName("gives no token for another verifier")
    void wrongVerifier() throws Exception {
        // Given
        HttpResponse<String> login = post(authorize(REDIRECT), "name=bob");
        String code = login.headers().firstValue("Location").orElseThrow().replaceAll(".*[?&]code=([^&]*).*", "$1");

        // When
        HttpResponse<String> answer = post(
                issuer.url() + "/token",
                "grant_type=authorization_code&client_id=console&code=" + code + "&redirect_uri=" + REDIRECT
                        + "&code_verifier=other");

        // Then
        assertEquals(400, answer.statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https%3A%2F%2Fexample.com%2F",
                "https%3A%2F%2F127.0.0.1%40example.com%2F",
                "https%3A%2F%2F127.0.0.1.example.com%2F",
                "javascript%3Aalert(1)",
                ""
            })
    @DisplayName("sends nobody away from this machine")
    void foreignRedirect(String redirect) throws Exception {
        // When
        HttpResponse<String> answer = post(authorize(redirect), "name=bob");

        // Then
        assertEquals(400, answer.statusCode());
    }

    @Test
    @DisplayName("saves its key for the owner's eyes, and the saved key signs for the same issuer")
    void savedKey(@TempDir Path directory) throws Exception {
        // Given
        Path file = directory.resolve("issuer.key");
        issuer.mint().save(file);

        // When
        SignedJWT token = SignedJWT.parse(TokenMint.load(file).token(Person.ALICE));

        // Then
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(issuer.url(), token.getJWTClaimsSet().getIssuer());
        JWKSet keys = JWKSet.parse(get(issuer.url() + "/jwks"));
        assertTrue(token.verify(new RSASSAVerifier(
                keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey())));
    }

    private String authorize(String redirect) {
        return issuer.url() + "/authorize?response_type=code&client_id=console&scope=openid&state=a%26b&nonce=n1"
                + "&code_challenge_method=S256&code_challenge=" + CHALLENGE + "&redirect_uri=" + redirect;
    }

    private String get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private HttpResponse<String> post(String url, String form) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
