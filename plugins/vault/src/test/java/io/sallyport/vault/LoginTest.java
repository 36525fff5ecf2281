package io.sallyport.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.CredentialSource;
import io.sallyport.demo.vault.StandInVault;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The gateway's login")
final class LoginTest {

    private static final String PATH = "secret/data/app";

    private final StandInVault vault;

    LoginTest() throws IOException {
        vault = StandInVault.start();
        vault.state.secrets.put(PATH, Map.of("user", "app", "password", "word"));
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private void reads(VaultConfiguration.Auth auth) throws Exception {
        try (CredentialSource source = World.source(vault, auth);
                Credential credential = source.credential(World.request(PATH))) {
            assertEquals("word", World.text(credential, Credential.Part.PASSWORD));
        }
    }

    private static String refusal(CredentialSource source) {
        IOException refusal = assertThrows(IOException.class, () -> source.credential(World.request(PATH)));
        assertNull(refusal.getCause());
        return String.valueOf(refusal.getMessage());
    }

    @Test
    @DisplayName("is by AppRole, once for many credentials")
    void appRole() throws Exception {
        // Given
        try (CredentialSource source = World.source(vault, World.appRole(vault))) {
            // When
            source.credential(World.request(PATH)).close();
            source.credential(World.request(PATH)).close();
        }

        // Then
        assertEquals(
                1,
                vault.calls.stream()
                        .filter("POST /v1/auth/approle/login"::equals)
                        .count());
    }

    @Test
    @DisplayName("is by the pod's service account")
    void kubernetes(@TempDir Path directory) throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("token"), vault.state.loginSecret + "\n");

        // When
        reads(new VaultConfiguration.Auth(
                null, null, new VaultConfiguration.Kubernetes("kubernetes", "gateway", file), null));

        // Then
        assertEquals("POST /v1/auth/kubernetes/login", vault.calls.get(0));
    }

    @Test
    @DisplayName("is by a JWT")
    void jwt() throws Exception {
        // When
        reads(new VaultConfiguration.Auth(
                null,
                null,
                null,
                new VaultConfiguration.Jwt("jwt", "gateway", () -> Secret.of(vault.state.loginSecret))));

        // Then
        assertEquals("POST /v1/auth/jwt/login", vault.calls.get(0));
    }

    @Test
    @DisplayName("by a given token goes over to another one when that is given, and ends neither")
    void given() throws Exception {
        // Given
        String first = vault.state.newToken();
        String second = vault.state.newToken();
        AtomicBoolean changed = new AtomicBoolean();
        CredentialSource source = World.source(vault, World.token(() -> Secret.of(changed.get() ? second : first)));
        source.credential(World.request(PATH)).close();

        // When
        changed.set(true);
        vault.state.revokeToken(first);
        source.credential(World.request(PATH)).close();
        source.close();

        // Then
        assertFalse(vault.calls.contains("POST /v1/auth/token/revoke-self"));
        reads(World.token(() -> Secret.of(second)));
    }

    @Test
    @DisplayName("is renewed while leases hang on it")
    void renewed() throws Exception {
        // Given
        vault.state.tokenTtl = Duration.ofSeconds(2);
        try (CredentialSource source = World.source(vault, World.appRole(vault));
                Credential credential = source.credential(World.request("database/creds/app"))) {
            Instant twice = Instant.now().plusSeconds(4);

            // When
            World.await("two lives of the token pass", () -> Instant.now().isAfter(twice));

            // Then
            assertTrue(credential.standing());
            assertEquals(1, vault.state.leases().size());
        }
    }

    @Test
    @DisplayName("takes what hangs on it with it when it can last no longer, and the next session has another one")
    void longest() throws Exception {
        // Given
        vault.state.tokenTtl = Duration.ofSeconds(2);
        vault.state.tokenLongest = Duration.ofSeconds(3);
        try (CredentialSource source = World.source(vault, World.appRole(vault))) {
            Credential first = source.credential(World.request("database/creds/app"));

            // When
            World.await("the first login is over", () -> !first.standing());
            Credential second = source.credential(World.request("database/creds/app"));

            // Then
            assertTrue(second.fresh());
            World.await(
                    "only the second lease is left", () -> vault.state.leases().size() == 1);
        }
    }

    @Test
    @DisplayName("is made in the configured namespace only")
    void namespace() throws Exception {
        // Given
        vault.state.namespace = "teams/data";

        // When
        reads(World.appRole(vault));

        // Then
        CredentialSource root = new VaultCredentialSourceFactory()
                .create("vault", new VaultConfiguration(vault.address(), null, null, World.appRole(vault)));
        assertTrue(refusal(root).contains("(404)"));
    }

    @Test
    @DisplayName("that is refused says so, with nothing secret in it")
    void refused() {
        // Given
        CredentialSource source = World.source(
                vault,
                new VaultConfiguration.Auth(
                        null,
                        new VaultConfiguration.AppRole(
                                "approle", () -> Secret.of("role-7"), () -> Secret.of("wrong-secret")),
                        null,
                        null));

        // When
        String refusal = refusal(source);

        // Then
        assertTrue(refusal.contains("auth/approle/login"), refusal);
        assertTrue(refusal.contains("(400)"), refusal);
        assertFalse(refusal.contains("wrong-secret"), refusal);
    }

    @Test
    @DisplayName("shows nothing of a token that Vault repeats in its error")
    void silent() {
        // Given
        String token = vault.state.newToken();
        CredentialSource source = World.source(vault, World.token(() -> Secret.of(token)));
        vault.fail("auth/token/lookup-self", 500);

        // When
        String refusal = refusal(source);

        // Then
        assertTrue(refusal.contains("(500)"), refusal);
        assertFalse(refusal.contains(token), refusal);
    }

    @Test
    @DisplayName("shows nothing of a token that cannot be sent")
    void unsendable() {
        // Given
        CredentialSource source = World.source(vault, World.token(() -> Secret.of("hvs.with\nline")));

        // When
        String refusal = refusal(source);

        // Then
        assertFalse(refusal.contains("hvs."), refusal);
        assertTrue(vault.calls.isEmpty());
    }

    @Test
    @DisplayName("at a sealed vault says that it is sealed, and works when it is unsealed")
    void sealed() throws Exception {
        // Given
        vault.state.sealed = true;
        try (CredentialSource source = World.source(vault, World.appRole(vault))) {
            assertTrue(refusal(source).contains("it is sealed"));

            // When
            vault.state.sealed = false;

            // Then
            assertEquals("app", source.credential(World.request(PATH)).account());
        }
    }

    @Test
    @DisplayName("at an absent vault says within the core's deadline that it cannot be reached")
    void absent() throws Exception {
        // Given
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Instant before = Instant.now();
        try (CredentialSource source = new VaultCredentialSourceFactory()
                .create(
                        "vault",
                        new VaultConfiguration(
                                URI.create("http://127.0.0.1:" + port), null, null, World.appRole(vault)))) {
            // When
            String refusal = refusal(source);

            // Then
            assertTrue(refusal.contains("cannot be reached"), refusal);
            assertTrue(Duration.between(before, Instant.now()).toSeconds() < 10);
        }
    }

    @Test
    @DisplayName("is tried again where Vault says that it has done nothing yet")
    void again() throws Exception {
        // Given
        vault.fail("auth/approle/login", 429, 412, 502);

        // When
        reads(World.appRole(vault));

        // Then
        assertEquals(
                4,
                vault.calls.stream()
                        .filter("POST /v1/auth/approle/login"::equals)
                        .count());
    }
}
