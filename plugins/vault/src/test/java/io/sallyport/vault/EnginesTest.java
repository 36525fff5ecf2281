package io.sallyport.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.CredentialSource;
import io.sallyport.demo.vault.StandInVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Credentials of hosts and clusters")
@SuppressWarnings("NullAway.Init")
final class EnginesTest {

    private final StandInVault vault;
    private final CredentialSource source;

    @TempDir
    Path directory;

    EnginesTest() throws IOException {
        vault = StandInVault.start();
        source = World.source(vault, World.appRole(vault));
    }

    @AfterEach
    void close() {
        source.close();
        vault.close();
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    private void authority() throws Exception {
        Path key = directory.resolve("ca");
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        vault.state.authority = key;
    }

    private Credential signed(@Nullable String account, @Nullable String asked, Duration ttl) throws Exception {
        return source.credential(
                World.request(new VaultCredential("ssh/sign/deploy", null, account, ttl, null, Map.of()), asked));
    }

    @Test
    @DisplayName("a key is made for the session and signed for its account alone, as OpenSSH reads them")
    void certificate() throws Exception {
        // Given
        authority();

        // When
        Credential credential = signed("deploy", null, Duration.ofMinutes(5));

        // Then
        Path key = directory.resolve("key");
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, World.text(credential, Credential.Part.PRIVATE_KEY));
        Path certificate =
                Files.writeString(directory.resolve("cert.pub"), World.text(credential, Credential.Part.CERTIFICATE));
        String listed = run("ssh-keygen", "-L", "-f", certificate.toString());
        String fingerprint = run("ssh-keygen", "-l", "-f", key.toString()).split(" ", 3)[1];
        assertEquals("deploy", credential.account());
        assertTrue(listed.contains("Public key: ED25519-CERT " + fingerprint), listed);
        assertTrue(listed.contains("deploy"), listed);
    }

    @Test
    @DisplayName("a certificate opens sessions until it ends, and those that are open go on")
    void certificateEnds() throws Exception {
        // Given
        authority();

        // When
        Credential credential = signed("deploy", null, Duration.ofSeconds(2));

        // Then
        assertTrue(credential.fresh());
        World.await("the certificate is over", () -> !credential.fresh());
        assertTrue(credential.standing());
    }

    @Test
    @DisplayName("a certificate for anybody else is refused, though Vault signed it")
    void otherPrincipal() throws Exception {
        // Given
        authority();
        vault.state.otherPrincipal = "deploy,root";

        // When
        IOException refusal = assertThrows(IOException.class, () -> signed("deploy", null, Duration.ofMinutes(5)));

        // Then
        assertTrue(String.valueOf(refusal.getMessage()).contains("not for 'deploy' alone"), refusal.getMessage());
    }

    @Test
    @DisplayName("an account that would be read as two is not asked for")
    void twoAccounts() throws Exception {
        // Given
        authority();

        // When
        assertThrows(IOException.class, () -> signed(null, "deploy,root", Duration.ofMinutes(5)));

        // Then
        assertTrue(vault.calls.stream().noneMatch(call -> call.contains("ssh/sign")));
    }

    @Test
    @DisplayName("a service account's token is the session's own, and is revoked at its end")
    void serviceAccount() throws Exception {
        // Given
        VaultCredential options =
                new VaultCredential("kubernetes/creds/deployer", null, null, Duration.ofMinutes(5), "ci", Map.of());

        // When
        Credential credential = source.credential(World.request(options, null));

        // Then
        assertEquals(Set.of(Credential.Part.TOKEN), credential.kinds());
        assertTrue(World.text(credential, Credential.Part.TOKEN).startsWith("token-of-"));
        assertEquals(1, vault.state.leases().size());
        credential.close();
        World.await("the lease is revoked", () -> vault.state.leases().isEmpty());
    }
}
