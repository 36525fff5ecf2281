package io.sallyport.kubernetes.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScanTest {

    @Test
    void everyByteIsFoundOrPassedAtEveryPlace() {
        for (int value = 0; value < 256; value++) {
            boolean control = value < ' ' || value == 0x7f;
            for (int place = 0; place < 20; place++) {
                // Given
                byte[] bytes = new byte[20];
                Arrays.fill(bytes, (byte) 'a');
                bytes[place] = (byte) value;

                // When
                int found = Scan.control(bytes, 0, bytes.length);
                int lineFeed = Scan.lineFeed(bytes, 0, bytes.length);

                // Then
                assertEquals(control ? place : bytes.length, found, "byte " + value);
                assertEquals(value == '\n' ? place : bytes.length, lineFeed, "byte " + value);
            }
        }
    }

    @Test
    void theFirstOfManyIsFound() {
        Random random = new Random(1);
        for (int run = 0; run < 20_000; run++) {
            // Given
            byte[] bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            int from = random.nextInt(bytes.length);

            // When
            int found = Scan.control(bytes, from, bytes.length);

            // Then
            int expected = from;
            while (expected < bytes.length
                    && !((bytes[expected] >= 0 && bytes[expected] < ' ') || bytes[expected] == 0x7f)) {
                expected++;
            }
            assertEquals(expected, found);
        }
    }
}
