package io.sallyport.masking.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that no detector may touch. */
class OrdinaryTextTest {

    @DisplayName("MASK-01 UUIDs are unchanged")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "110bcd25-a55d-453a-8046-1297901ea002",
                "{110BCD25-A55D-453A-8046-1297901EA002}",
                "12345678-4111-4111-8111-111111111111",
                "00000000-0000-0000-0000-501800000009"
            })
    void passesUuids(String uuid) {
        // Given
        String text = "id " + uuid + ", " + uuid;

        // When
        List<String> found = Scanned.by(text);

        // Then
        assertEquals(List.of(), found);
    }

    @Test
    @DisplayName("MASK-01 no UUID among 50,000 is touched")
    void passesManyUuids() {
        // Given
        Random random = new Random(1);
        int touched = 0;

        // When
        for (int i = 0; i < 50_000; i++) {
            touched += Scanned.by(new UUID(random.nextLong(), random.nextLong()).toString())
                    .size();
        }

        // Then
        assertEquals(0, touched);
    }

    @DisplayName("MASK-02 ten-digit ids and timestamps are unchanged")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4010232137",
                "order 1234567881",
                "1764035208",
                "1764035208.123456",
                "2026-11-25T01:46:48.123456Z",
                "2026-11-25 01:46:48.123456+00",
                "20261125014648123456",
                "192.168.100.200",
                "555-123-45-6789",
                "123-45-67890",
                "978-81-7525-766-5"
            })
    void passesIdsAndTimestamps(String text) {
        // Given
        String row = text + "\t" + text;

        // When
        List<String> found = Scanned.by(row);

        // Then
        assertEquals(List.of(), found);
    }

    @Test
    @DisplayName("MASK-02 a log of 10,000 epochs is unchanged")
    void passesALogOfEpochs() {
        // Given
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            long second = 1_764_035_208L + i * 37L;
            log.append(second)
                    .append(' ')
                    .append(second)
                    .append(String.format("%03d", i % 1000))
                    .append(" ok\n");
        }

        // When
        List<String> found = Scanned.by(log.toString());

        // Then
        assertEquals(List.of(), found);
    }

    @DisplayName("MASK-03 words and hashes are unchanged")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BIOMARKERS: AN INTRODUCTORY GUIDE H1 D3",
                "public policy duplicate m2",
                "session ssn_hash ssn 'ssn'",
                "3c9909afec25354d551dae21590bb26e38d53f2173b8d3dc3eee4c047e7ab1c1eb8b85103e3be7ba613b31bb5c9c36214dc9f14a42"
                        + "fd7a2fdb84856bca5c44c2  /etc/hostname",
                "0.6304000000000000 0.4111111111111111"
            })
    void passesWordsAndHashes(String text) {
        // Given
        List<String> nothing = List.of();

        // When
        List<String> found = Scanned.by(text);

        // Then
        assertEquals(nothing, found);
    }

    @Test
    @DisplayName("MASK-03 fewer than one in 10,000 hexadecimal hashes is touched")
    void passesManyHashes() {
        // Given
        Random random = new Random(2);
        int touched = 0;

        // When
        for (int i = 0; i < 50_000; i++) {
            StringBuilder hash = new StringBuilder();
            for (int word = 0; word < 4; word++) {
                hash.append(String.format("%016x", random.nextLong()));
            }
            touched += Scanned.by(hash.toString()).isEmpty() ? 0 : 1;
        }

        // Then
        assertTrue(touched < 5, () -> "hashes touched");
    }

    @DisplayName("US social security numbers are found in their one spelling, with any area")
    @ParameterizedTest
    @ValueSource(strings = {"123-45-6789", "987-65-4321", "000-12-3456", "123\u201145\u20116789"})
    void findsSocialSecurityNumbers(String number) {
        // Given
        String text = "SSN" + number + "; n";

        // When
        List<String> found = Scanned.by(text);

        // Then
        assertEquals(List.of("us-ssn=" + number), found);
    }

    @Test
    @DisplayName("MASK-08 an empty set of detectors finds nothing")
    void findsNothingWithoutDetectors() {
        // Given
        Detectors none = new Detectors(EnumSet.noneOf(Detector.class));
        byte[] text = "123-45-6789 alice@example.com".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        // When
        boolean found = none.scan(text, 0, text.length).next();

        // Then
        assertTrue(none.isEmpty());
        assertEquals(false, found);
    }
}
