package io.sallyport.vault;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.CredentialRequest;
import io.sallyport.api.credential.CredentialSource;
import io.sallyport.api.principal.Principal;
import io.sallyport.demo.vault.StandInVault;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A stand-in and how sources ask it. */
final class World {

    private World() {}

    static CredentialSource source(StandInVault vault, VaultConfiguration.Auth auth) {
        return new VaultCredentialSourceFactory()
                .create("vault", new VaultConfiguration(vault.address(), null, vault.state.namespace, auth));
    }

    static VaultConfiguration.Auth token(Supplier<Secret> token) {
        return new VaultConfiguration.Auth(token, null, null, null);
    }

    static VaultConfiguration.Auth appRole(StandInVault vault) {
        return new VaultConfiguration.Auth(
                null,
                new VaultConfiguration.AppRole(
                        "approle", () -> Secret.of("role"), () -> Secret.of(vault.state.loginSecret)),
                null,
                null);
    }

    static CredentialRequest request(VaultCredential options, @Nullable String account) {
        return new CredentialRequest(
                new Principal("test", "alice", "alice", Set.of(), Map.of(), null), "app", account, "s1", options);
    }

    static CredentialRequest request(String path) {
        return request(new VaultCredential(path, null, null, Duration.ofMinutes(5), null, Map.of()), null);
    }

    static String text(Credential credential, Credential.Part part) {
        Secret secret = credential.part(part);
        assertNotNull(secret);
        return secret.reveal();
    }

    static void await(String what, BooleanSupplier condition) {
        Instant deadline = Instant.now().plusSeconds(15);
        while (!condition.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(deadline), what);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
