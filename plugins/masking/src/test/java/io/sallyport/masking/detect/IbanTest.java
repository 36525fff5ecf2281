package io.sallyport.masking.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IbanTest {

    @DisplayName("MASK-04 an IBAN is found whole, as people write it")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GB82 WEST 1234 5698 7654 32",
                "gb82west12345698765432",
                "GB82WEST12345698765432",
                "IT60-X054-2811-1010-0000-0123-456",
                "DE89 3704 0044 0532 0130 00",
                "DE 89 3704 0044 0532 0130 00",
                "DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000",
                "NO93 8601 1117 947",
                "MT84MALT011000012345MTLCAST001S",
                "LC55HEMM000100010012001200023015",
                "BR1800360305000010009795493C1",
                "fr14 2004 1010 0505 0001 3m02 606",
                "NL91ABNA0417164300",
                "CH9300762011623852957"
            })
    void findsIbans(String iban) {
        // Given
        String alone = iban;
        String prefixed = "IBAN:" + iban + ", please";
        String escaped = "\"line\\n" + iban + "\"";

        // When
        List<List<String>> found = List.of(Scanned.by(alone), Scanned.by(prefixed), Scanned.by(escaped));

        // Then
        List<String> whole = List.of("iban=" + iban);
        assertEquals(List.of(whole, whole, whole), found);
    }

    @DisplayName("MASK-04 an IBAN with false check digits, an unknown country or another length is unchanged")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GB82 WEST 1234 5698 7654 33",
                "ZZ82 WEST 1234 5698 7654 32",
                "GB82 WEST 1234 5698 7654 3",
                "GB82 WEST 1234 5698 7654 329",
                "XGB82WEST12345698765432"
            })
    void passesOthers(String text) {
        // Given
        Detector detector = Detector.IBAN;

        // When
        List<String> found = Scanned.by(detector, text);

        // Then
        assertEquals(List.of(), found);
    }
}
