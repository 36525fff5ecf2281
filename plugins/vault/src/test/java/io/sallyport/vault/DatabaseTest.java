package io.sallyport.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.CredentialSource;
import io.sallyport.demo.vault.StandInVault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A role of the database engine")
final class DatabaseTest {

    private final StandInVault vault;
    private final CredentialSource source;

    DatabaseTest() throws IOException {
        vault = StandInVault.start();
        source = World.source(vault, World.appRole(vault));
    }

    @AfterEach
    void close() {
        source.close();
        vault.close();
    }

    private Credential role() throws Exception {
        return source.credential(World.request("database/creds/app"));
    }

    @Test
    @DisplayName("is each session's own")
    void own() throws Exception {
        // When
        Credential one = role();
        Credential other = role();

        // Then
        assertNotEquals(one.account(), other.account());
        assertEquals(Set.of(Credential.Part.PASSWORD), one.kinds());
        assertEquals(2, vault.state.leases().size());
    }

    @Test
    @DisplayName("is revoked when its session ends, and the others stay")
    void revoked() throws Exception {
        // Given
        Credential one = role();
        List<String> first = vault.state.leases();
        Credential other = role();

        // When
        one.close();

        // Then
        World.await("the lease is revoked", () -> vault.state.leases().size() == 1);
        assertFalse(vault.state.leases().contains(first.get(0)));
        assertTrue(other.standing());
    }

    @Test
    @DisplayName("is revoked in the end where Vault cannot do it at first")
    void retried() throws Exception {
        // Given
        Credential credential = role();
        vault.fail("sys/leases/revoke", 500, 403, 400);

        // When
        credential.close();

        // Then
        World.await("the lease is revoked", () -> vault.state.leases().isEmpty());
        assertEquals(
                4,
                vault.calls.stream()
                        .filter("POST /v1/sys/leases/revoke"::equals)
                        .count());
    }

    @Test
    @DisplayName("is revoked when a vault that was sealed at the session's end is unsealed")
    void sealedAtTheEnd() throws Exception {
        // Given
        Credential credential = role();
        vault.state.sealed = true;
        credential.close();
        World.await("revocation is tried", () -> vault.calls.contains("POST /v1/sys/leases/revoke"));

        // When
        vault.state.sealed = false;

        // Then
        World.await("the lease is revoked", () -> vault.state.leases().isEmpty());
    }

    @Test
    @DisplayName("is renewed while its session lasts")
    void renewed() throws Exception {
        // Given
        vault.state.leaseTtl = Duration.ofSeconds(2);
        Credential credential = role();
        Instant twice = Instant.now().plusSeconds(4);

        // When
        World.await("two lives of the lease pass", () -> Instant.now().isAfter(twice));

        // Then
        assertTrue(credential.standing());
        assertEquals(1, vault.state.leases().size());
    }

    @Test
    @DisplayName("stands no longer than Vault lets it, and opens no session towards its end")
    void longest() throws Exception {
        // Given
        vault.state.leaseTtl = Duration.ofSeconds(2);
        vault.state.leaseLongest = Duration.ofSeconds(3);

        // When
        Credential credential = role();

        // Then
        assertTrue(credential.fresh());
        World.await("the lease is over", () -> !credential.standing());
        assertFalse(credential.fresh());
        World.await("Vault has revoked it", () -> vault.state.leases().isEmpty());
    }

    @Test
    @DisplayName("stands no longer where Vault has revoked it by itself")
    void revokedAtVault() throws Exception {
        // Given
        vault.state.leaseTtl = Duration.ofSeconds(2);
        Credential credential = role();

        // When
        vault.state.revokeTokens();

        // Then
        World.await("the lease is over", () -> !credential.standing());
    }

    @Test
    @DisplayName("is revoked with all others when the gateway stops, and so is the gateway's login")
    void stop() throws Exception {
        // Given
        role();
        role();

        // When
        source.close();

        // Then
        assertEquals(List.of(), vault.state.leases());
        assertEquals("POST /v1/auth/token/revoke-self", vault.calls.get(vault.calls.size() - 1));
    }

    @Test
    @DisplayName("is asked for once more with a new login where Vault no longer knows the old one")
    void newLogin() throws Exception {
        // Given
        role();
        vault.state.revokeTokens();

        // When
        Credential credential = role();

        // Then
        assertTrue(credential.fresh());
        assertEquals(1, vault.state.leases().size());
    }

    @Test
    @DisplayName("is given back at once to a session that asks for an account by name")
    void account() {
        // When
        IOException refusal = assertThrows(
                IOException.class,
                () -> source.credential(World.request(
                        (VaultCredential) World.request("database/creds/app").options(), "admin")));

        // Then
        assertTrue(String.valueOf(refusal.getMessage()).contains("not for admin"), refusal.getMessage());
        World.await("the lease is revoked", () -> vault.state.leases().isEmpty());
    }
}
