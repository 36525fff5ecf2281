package io.sallyport.masking.detect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** What all detectors, or some, find in a text: each finding as {@code label=text}. */
final class Scanned {
    private Scanned() {}

    static List<String> by(Detector only, String text) {
        return all(new Detectors(EnumSet.of(only)), text);
    }

    static List<String> by(String text) {
        return all(new Detectors(EnumSet.allOf(Detector.class)), text);
    }

    private static List<String> all(Detectors detectors, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> found = new ArrayList<>();
        Findings findings = detectors.scan(bytes, 0, bytes.length);
        while (findings.next()) {
            String part =
                    new String(bytes, findings.start(), findings.end() - findings.start(), StandardCharsets.UTF_8);
            found.add(findings.detector().label() + "=" + part);
        }
        return found;
    }
}
