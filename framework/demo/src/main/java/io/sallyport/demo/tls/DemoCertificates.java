package io.sallyport.demo.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An authority and a server certificate for loopback, made by the running Java's own {@code keytool}. The authority's key
 * is thrown away once it has signed.
 *
 * @param authority the authority's certificate in PEM, which clients trust
 * @param certificate the server's certificate chain in PEM
 * @param key the server's private key in PEM, readable by its owner only
 */
public record DemoCertificates(Path authority, Path certificate, Path key) {

    private static final String PASSWORD_VARIABLE = "SALLYPORT_DEMO_STORE_PASSWORD";

    /** Makes them in the directory, over those of an earlier run. */
    public static DemoCertificates create(Path directory) throws IOException {
        Path store = directory.resolve("certificates.p12");
        Files.deleteIfExists(store);
        String password = password();
        try {
            keytool(
                    store,
                    password,
                    List.of(
                            "-alias",
                            "authority",
                            "-dname",
                            "CN=Sallyport demo authority",
                            "-ext",
                            "bc:c",
                            "-ext",
                            "ku:c=keyCertSign,cRLSign"));
            keytool(
                    store,
                    password,
                    List.of(
                            "-alias",
                            "server",
                            "-dname",
                            "CN=localhost",
                            "-signer",
                            "authority",
                            "-ext",
                            "san=dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1",
                            "-ext",
                            "ku:c=digitalSignature",
                            "-ext",
                            "eku=serverAuth"));
            return export(store, password.toCharArray(), directory);
        } finally {
            Files.deleteIfExists(store);
        }
    }

    private static DemoCertificates export(Path store, char[] password, Path directory) throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            Path key = directory.resolve("tls.key");
            Files.deleteIfExists(key);
            Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Key privateKey = keys.getKey("server", password);
            Files.writeString(key, pem("PRIVATE KEY", privateKey.getEncoded()));
            StringBuilder chain = new StringBuilder();
            for (Certificate certificate : keys.getCertificateChain("server")) {
                chain.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            Path authority = directory.resolve("ca.crt");
            Files.writeString(
                    authority,
                    pem("CERTIFICATE", keys.getCertificate("authority").getEncoded()));
            Path certificate = Files.writeString(directory.resolve("tls.crt"), chain);
            return new DemoCertificates(authority, certificate, key);
        } catch (GeneralSecurityException e) {
            throw new IOException("keytool's key store cannot be read", e);
        }
    }

    private static void keytool(Path store, String password, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                PASSWORD_VARIABLE));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put(PASSWORD_VARIABLE, password);
        Process process = builder.start();
        try (InputStream out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool could not make a certificate: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", e);
        } finally {
            process.destroy();
        }
    }

    private static String pem(String type, byte[] content) {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN " + type + "-----\n" + encoder.encodeToString(content) + "\n-----END " + type + "-----\n";
    }

    private static String password() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
