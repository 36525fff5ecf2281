package io.sallyport.api.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    @DisplayName("a secret is not printed")
    void notPrinted() {
        // Given
        Secret secret = Secret.of("hunter2");

        // When
        String text = "a record with " + secret;

        // Then
        assertFalse(text.contains("hunter2"), text);
    }

    @Test
    @DisplayName("the texts of two secrets do not differ, so that not even a length leaks")
    void printedAlike() {
        // When
        String one = Secret.of("a").toString();
        String other = Secret.of("a much longer one").toString();

        // Then
        assertEquals(one, other);
    }

    @Test
    @DisplayName("a closed secret cannot be read")
    void closed() {
        // Given
        Secret secret = Secret.of("hunter2");

        // When
        secret.close();

        // Then
        assertThrows(IllegalStateException.class, secret::copy);
        assertThrows(IllegalStateException.class, secret::reveal);
    }

    @Test
    @DisplayName("closing overwrites the bytes: afterwards the secret equals only a secret of zeros")
    void wiped() {
        // Given
        Secret secret = Secret.of("hunter2");

        // When
        secret.close();

        // Then
        assertNotEquals(Secret.of("hunter2"), secret);
        assertEquals(Secret.of(new byte["hunter2".length()]), secret);
    }

    @Test
    @DisplayName("wiping what was given or what was read leaves the secret whole")
    void copies() {
        // Given
        byte[] given = "hunter2".getBytes(StandardCharsets.UTF_8);
        Secret secret = Secret.of(given);

        // When
        given[0] = 0;
        secret.copy()[1] = 0;

        // Then
        assertEquals("hunter2", secret.reveal());
        assertNotSame(secret.copy(), secret.copy());
    }

    @Test
    @DisplayName("secrets of the same bytes are equal and have the same hash, which tells nothing of the bytes")
    void equality() {
        // Given
        Secret secret = Secret.of("hunter2");

        // When
        Secret same = Secret.of("hunter2".getBytes(StandardCharsets.UTF_8));
        Secret other = Secret.of("hunter3");

        // Then
        assertEquals(secret, same);
        assertNotEquals(secret, other);
        assertEquals(secret.hashCode(), same.hashCode());
        assertEquals(secret.hashCode(), other.hashCode());
    }

    @Test
    @DisplayName("text becomes UTF-8, whatever its characters")
    void utf8() {
        // Given
        String text = "pä\u20acß\ud83d\udd11";

        // When
        byte[] bytes = Secret.of(text).copy();

        // Then
        assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), bytes);
    }
}
