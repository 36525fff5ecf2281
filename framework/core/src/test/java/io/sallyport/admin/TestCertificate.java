package io.sallyport.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A self-signed certificate for localhost and 127.0.0.1, made by the JDK's own tool. */
public final class TestCertificate {

    private static final char[] PASSWORD = "password".toCharArray();

    private static final Map<String, byte[]> MADE = new HashMap<>();

    private TestCertificate() {}

    /** Writes the certificate and its key as PEM into a directory. */
    public static AdminSettings.Tls in(Path directory) {
        try {
            synchronized (MADE) {
                if (MADE.isEmpty()) {
                    make(directory);
                }
                return new AdminSettings.Tls(
                        pem(directory.resolve("tls.crt"), "CERTIFICATE"),
                        pem(directory.resolve("tls.key"), "PRIVATE KEY"));
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void make(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve("tls.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-alias",
                        "gateway",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "3650",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        MADE.put("CERTIFICATE", keys.getCertificate("gateway").getEncoded());
        MADE.put(
                "PRIVATE KEY",
                Objects.requireNonNull(keys.getKey("gateway", PASSWORD)).getEncoded());
    }

    private static Path pem(Path file, String label) throws IOException {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(MADE.get(label));
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }
}
