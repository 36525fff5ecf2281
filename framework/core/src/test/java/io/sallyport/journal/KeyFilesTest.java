package io.sallyport.journal;

import static io.sallyport.journal.JournalFixture.directory;
import static io.sallyport.journal.JournalFixture.open;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.journal.proof.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {

    private final Path home;

    KeyFilesTest(@TempDir Path home) {
        this.home = home;
    }

    @Test
    @DisplayName("An empty journal gets a key that only its owner can read, and a public key beside its segments")
    void makesKeys() throws Exception {
        // When
        open(home).close();

        // Then
        for (String secret : new String[] {"journal.key", "journal.hmac"}) {
            assertEquals(
                    PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(home.resolve(secret)));
        }
        SigningKey key = SigningKey.fromPem(Files.readString(home.resolve("journal.key")));
        assertEquals(key.publicPem(), Files.readString(directory(home).resolve("journal.pub")));
    }

    @Test
    @DisplayName("A missing key stops the start of a journal that is not empty, and no new key is made")
    void missingKey() throws Exception {
        for (String name : new String[] {"journal.key", "journal.hmac", "journal/journal.pub"}) {
            // Given
            Path one = home.resolve("without-" + name.replace('/', '-'));
            open(one).close();
            Files.delete(one.resolve(name));

            // When
            JournalException refused = assertThrows(JournalException.class, () -> open(one));

            // Then
            assertTrue(String.valueOf(refused.getMessage()).contains("missing"), name);
            assertFalse(Files.exists(one.resolve(name)));
        }
    }

    @Test
    @DisplayName("Another key stops the start")
    void anotherKey() throws Exception {
        // Given
        open(home).close();
        Files.writeString(home.resolve("journal.key"), SigningKey.generate().privatePem());

        // When
        JournalException refused = assertThrows(JournalException.class, () -> open(home));

        // Then
        assertTrue(String.valueOf(refused.getMessage()).contains("not the one that this journal began with"));
    }

    @Test
    @DisplayName("A key that an operator made beforehand is used")
    void operatorsKey() throws Exception {
        // Given
        SigningKey key = SigningKey.generate();
        Files.writeString(home.resolve("journal.key"), key.privatePem());

        // When
        try (Journal journal = open(home)) {
            // Then
            assertEquals(key.id(), journal.keyId());
        }
    }

    @Test
    @DisplayName("A directory is open once at a time, and can be opened again after it was closed")
    void openOnce() throws Exception {
        // Given
        Journal journal = open(home);

        // When
        JournalException refused = assertThrows(JournalException.class, () -> open(home));

        // Then
        assertTrue(String.valueOf(refused.getMessage()).contains("open in another gateway"));
        journal.close();
        open(home).close();
    }
}
