package io.sallyport.api.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest(name = "{0} is {1} bytes")
    @DisplayName("a size is read in powers of two")
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "256KiB, 262144",
        "64MiB, 67108864",
        "1GiB, 1073741824",
        "2TiB, 2199023255552",
        "8 MiB, 8388608"
    })
    void read(String text, long bytes) {
        // When
        ByteSize size = ByteSize.parse(text);

        // Then
        assertEquals(bytes, size.bytes());
    }

    @ParameterizedTest(name = "''{0}''")
    @DisplayName("what is no size is refused with the text that was read")
    @ValueSource(
            strings = {
                "",
                " ",
                "MiB",
                "-1",
                "-1MiB",
                "1.5MiB",
                "64MB",
                "64mib",
                "64M",
                "0x10",
                "1MiB ",
                "9999999999999999999",
                "9007199254740993KiB",
                "8388608TiB"
            })
    void refused(String text) {
        // When
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text));

        // Then
        assertTrue(refusal.toString().contains("size"), refusal::toString);
    }

    @ParameterizedTest(name = "{0} bytes are {1}")
    @DisplayName("a size is spelled in the largest unit that divides it")
    @CsvSource({"0, 0", "1023, 1023", "1024, 1KiB", "1536, 1536", "1048576, 1MiB", "1073741825, 1073741825"})
    void spelled(long bytes, String text) {
        // When
        String spelling = new ByteSize(bytes).toString();

        // Then
        assertEquals(text, spelling);
        assertEquals(bytes, ByteSize.parse(spelling).bytes());
    }
}
