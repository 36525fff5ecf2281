package io.sallyport.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What must be nowhere: neither in the journal, nor in the store, the log, an export or an approval. */
class SecretsIT {

    private static final Demo DEMO = Demo.shared();
    private static final String HIDDEN = "marker-hidden-value-77415";
    private static final String MAIL = "markermail77415@example.org";
    private static final String NUMBER = "219-09-7741";
    private static final String PASSWORD = "markerpassword77415";
    private static final String MD5 = "md5aabbccddeeff00112233445566778899";

    @Test
    @DisplayName(
            "REC-04 (Postgres): no secret that the client did not see is in journal, store, log, export or approval")
    void nowhere() throws Exception {
        // Given
        DEMO.change("app", "DELETE FROM customers WHERE id = 7741");
        DEMO.change("app", "INSERT INTO customers VALUES (7741, '" + MAIL + "', '" + HIDDEN + "', 0)");
        try (GatewayProcess gateway = GatewayProcess.start(
                DEMO, "-Xmx256m", text -> text.replace("    scope:", "    record: { results: full }\n    scope:"))) {
            // When
            readMasked(gateway);
            setPasswords(gateway);
            String approval = hold(gateway);

            // Then
            Map<String, byte[]> places = places(gateway, approval);
            for (Map.Entry<String, String> secret : secrets().entrySet()) {
                for (byte[] form : forms(secret.getValue())) {
                    places.forEach((place, bytes) -> assertTrue(
                            indexOf(bytes, form) < 0,
                            () -> secret.getKey() + " stands in " + place + ": "
                                    + around(bytes, indexOf(bytes, form))));
                }
            }
            assertTrue(indexOf(places.getOrDefault("journal", new byte[0]), "redacted".getBytes(StandardCharsets.UTF_8))
                    > 0);
        } finally {
            DEMO.change("app", "DELETE FROM customers WHERE id = 7741");
        }
    }

    private static void readMasked(GatewayProcess gateway) throws IOException {
        try (RawPostgres client = gateway.login("app", "TOK")) {
            client.query("SELECT * FROM customers WHERE id = 7741").exchange();
            client.query("COPY (SELECT id, email, ssn FROM customers WHERE id = 7741) TO STDOUT")
                    .exchange();
            client.parse("", "SELECT email, ssn FROM customers WHERE id = $1")
                    .bind("", "", "7741")
                    .execute("", 0)
                    .sync()
                    .exchange();
            client.query("SELECT '" + NUMBER + "'").exchange();
            client.parse("", "SELECT $1::text")
                    .bind("", "", NUMBER)
                    .execute("", 0)
                    .sync()
                    .exchange();
            client.query("SELECT ssn::int FROM customers WHERE id = 7741").exchange();
        }
    }

    private static void setPasswords(GatewayProcess gateway) throws IOException {
        for (String target : List.of("scratch", "bench", "app")) {
            try (RawPostgres client = gateway.login(target, "TOK")) {
                client.query("ALTER ROLE nobody_77415 PASSWORD '" + PASSWORD + "'")
                        .exchange();
                client.query("ALTER USER nobody_77415 WITH ENCRYPTED PASSWORD E'" + PASSWORD
                                + "' VALID UNTIL '2030-01-01'")
                        .exchange();
                client.query("CREATE ROLE nobody_77415 LOGIN PASSWORD $q$" + PASSWORD + "$q$")
                        .exchange();
                client.query("CREATE USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (user 'u', password '" + PASSWORD
                                + "')")
                        .exchange();
                client.query("ALTER ROLE nobody_77415 PASSWORD '" + MD5 + "'").exchange();
                client.parse("", "ALTER ROLE nobody_77415 PASSWORD '" + PASSWORD + "'")
                        .bind("", "")
                        .execute("", 0)
                        .sync()
                        .exchange();
                client.query("SELECT 1; ALTER ROLE nobody_77415 PASSWORD '" + PASSWORD + "'; SELECT 2")
                        .exchange();
            }
        }
    }

    private static String hold(GatewayProcess gateway) throws IOException {
        AdminApi bob = gateway.admin("TOK_BOB");
        try (RawPostgres client = gateway.login("app", "TOK")) {
            client.query("UPDATE orders SET note = 'rec-04' WHERE id = 1").send();
            List<JsonNode> waiting = new ArrayList<>();
            Demo.await(java.time.Duration.ofSeconds(15), () -> {
                try {
                    waiting.addAll(bob.approvals("pending"));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                return !waiting.isEmpty();
            });
            String id = waiting.get(0).path("id").asText();
            String shown = bob.approval(id).toString();
            bob.decide(id, false).join();
            client.until('N');
            return shown;
        }
    }

    private static Map<String, String> secrets() throws IOException {
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put("a masked column's value", HIDDEN);
        secrets.put("a masked e-mail address", MAIL);
        secrets.put("a number that a detector knows", NUMBER);
        secrets.put("a password that was set", PASSWORD);
        secrets.put("a password's digest that was set", MD5);
        for (String token : List.of("TOK", "TOK_BOB", "TOKEN_AUDITOR")) {
            String[] parts = DEMO.variable(token).split("\\.", -1);
            secrets.put("the signature of " + token, parts[2]);
            secrets.put("the claims of " + token, parts[1]);
        }
        for (String target : List.of("app", "scratch", "bench")) {
            secrets.put(
                    "the password of " + target,
                    Files.readString(DEMO.directory().resolve(target + ".password"))
                            .strip());
        }
        return secrets;
    }

    /** As it is, in hexadecimal, and in base64 at each of the three alignments. */
    private static List<byte[]> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[bytes.length + shift];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            forms.add(encoded.substring(shift == 0 ? 0 : shift + 1, encoded.length() - 1));
        }
        return forms.stream().map(form -> form.getBytes(StandardCharsets.UTF_8)).toList();
    }

    private static Map<String, byte[]> places(GatewayProcess gateway, String approval)
            throws IOException, InterruptedException {
        Map<String, byte[]> places = new LinkedHashMap<>();
        StringBuilder exports = new StringBuilder();
        Set<String> sessions = new LinkedHashSet<>();
        for (JsonNode record : gateway.records()) {
            exports.append(record).append('\n');
            if (record.has("session")) {
                sessions.add(record.path("session").asText());
            }
        }
        for (String session : sessions) {
            Demo.Run run = gateway.cli(
                    "TOKEN_AUDITOR", "journal", "export", gateway.journal().toString(), "--session", session);
            assertEquals(0, run.exit(), run.all());
            exports.append(run.out());
        }
        exports.append(gateway.cli("TOKEN_AUDITOR", "sessions", "list", "--output", "json")
                .out());
        gateway.stop();
        places.put("the exports", exports.toString().getBytes(StandardCharsets.UTF_8));
        places.put("the approval", approval.getBytes(StandardCharsets.UTF_8));
        places.put("the log", gateway.log().getBytes(StandardCharsets.UTF_8));
        places.put("journal", files(gateway.journal(), ""));
        places.put("the store", files(gateway.directory(), "store.db"));
        return places;
    }

    private static byte[] files(Path directory, String prefix) throws IOException {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (Files.isRegularFile(file)
                        && String.valueOf(file.getFileName()).startsWith(prefix)) {
                    all.writeBytes(Files.readAllBytes(file));
                }
            }
        }
        return all.toByteArray();
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (bytes[i] == wanted[0]
                    && java.util.Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private static String around(byte[] bytes, int at) {
        int from = Math.max(0, at - 200);
        return new String(bytes, from, Math.min(bytes.length - from, 400), StandardCharsets.ISO_8859_1);
    }
}
