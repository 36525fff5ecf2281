package io.sallyport.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.CredentialSource;
import io.sallyport.demo.vault.StandInVault;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A key-value secret")
final class KeyValueTest {

    private static final String PATH = "secret/data/app";

    private final StandInVault vault;
    private final CredentialSource source;

    KeyValueTest() throws IOException {
        vault = StandInVault.start();
        source = World.source(vault, World.appRole(vault));
    }

    @AfterEach
    void close() {
        source.close();
        vault.close();
    }

    @Test
    @DisplayName("is read anew for each session, so that the next one has what was rotated")
    void rotated() throws Exception {
        // Given
        vault.state.secrets.put(PATH, Map.of("user", "app", "password", "old"));
        Credential first = source.credential(World.request(PATH));

        // When
        vault.state.secrets.put(PATH, Map.of("user", "app", "password", "new"));
        Credential second = source.credential(World.request(PATH));

        // Then
        assertEquals("app", second.account());
        assertEquals("old", World.text(first, Credential.Part.PASSWORD));
        assertEquals("new", World.text(second, Credential.Part.PASSWORD));
    }

    @Test
    @DisplayName("may have its parts under other names")
    void names() throws Exception {
        // Given
        vault.state.secrets.put(PATH, Map.of("login", "app", "pin", "1234", "password", "another"));
        VaultCredential options = new VaultCredential(
                PATH, null, null, Duration.ofMinutes(5), null, Map.of("user", "login", "password", "pin"));

        // When
        Credential credential = source.credential(World.request(options, null));

        // Then
        assertEquals("app", credential.account());
        assertEquals("1234", World.text(credential, Credential.Part.PASSWORD));
    }

    @Test
    @DisplayName("that is not there is said to be missing, with its path")
    void missing() {
        // When
        IOException refusal =
                assertThrows(IOException.class, () -> source.credential(World.request("secret/data/none")));

        // Then
        assertTrue(String.valueOf(refusal.getMessage()).contains("GET secret/data/none"), refusal.getMessage());
        assertTrue(String.valueOf(refusal.getMessage()).contains("nothing at this path"), refusal.getMessage());
    }

    @Test
    @DisplayName("without any part is refused with the key that says which field is which")
    void empty() {
        // Given
        vault.state.secrets.put(PATH, Map.of("pin", "1234"));

        // When
        IOException refusal = assertThrows(IOException.class, () -> source.credential(World.request(PATH)));

        // Then
        assertTrue(String.valueOf(refusal.getMessage()).contains("'fields'"), refusal.getMessage());
    }
}
