package io.sallyport.postgres.relay;

import io.sallyport.postgres.sql.PreparedStatements;
import io.sallyport.postgres.sql.StatementAnalysis;
import io.sallyport.postgres.statement.Reading;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * What an approval is bound to besides the text that people are shown: the settings, the whole text where a secret in it
 * is not shown, and what the names stand for that EXECUTE gives.
 */
final class Binding {

    private Binding() {}

    static Map<String, String> of(Reading reading, Map<String, String> settings, PreparedStatements prepared) {
        boolean shown = reading.text().equals(reading.analysis().text());
        StatementAnalysis details = reading.details();
        if (shown && (details == null || !details.dependsOnSession())) {
            return settings;
        }
        Map<String, String> binding = new HashMap<>(settings);
        if (!shown) {
            binding.put("text-sha256", sha256(reading.text()));
        }
        if (details != null && details.dependsOnSession()) {
            for (StatementAnalysis.Part part : details.parts()) {
                String name = part.name();
                StatementAnalysis meant = name == null ? null : prepared.find(name);
                if (meant != null) {
                    binding.put("prepared " + name, meant.redactedText());
                    binding.put("prepared-sha256 " + name, sha256(meant.text()));
                }
            }
        }
        return binding;
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
