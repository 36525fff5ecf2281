package io.sallyport.kubernetes;

import io.sallyport.kubernetes.KubernetesConfig.ServerTls;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** A throw-away certificate for {@code localhost}, made by the JDK's keytool. */
final class Certificates {

    private Certificates() {}

    /** One for the whole run. */
    static ServerTls shared() {
        return Shared.TLS;
    }

    private static final class Shared {

        static final ServerTls TLS = made();

        private static ServerTls made() {
            try {
                Path directory = Files.createTempDirectory("sallyport-tls");
                directory.toFile().deleteOnExit();
                ServerTls made = make(directory, "localhost");
                for (String name : List.of("localhost.p12", "localhost.crt", "localhost.key")) {
                    directory.resolve(name).toFile().deleteOnExit();
                }
                return made;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Makes certificate and key as PEM files in a directory. */
    static ServerTls make(Path directory, String commonName) throws Exception {
        Path store = directory.resolve(commonName + ".p12");
        run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + commonName,
                "-ext",
                "san=dns:" + commonName + (commonName.equals("localhost") ? ",ip:127.0.0.1" : ""),
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit"));
        java.security.KeyStore keys = java.security.KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        Path certificate = directory.resolve(commonName + ".crt");
        Path key = directory.resolve(commonName + ".key");
        pem(certificate, "CERTIFICATE", keys.getCertificate("a").getEncoded());
        pem(key, "PRIVATE KEY", keys.getKey("a", "changeit".toCharArray()).getEncoded());
        return new ServerTls(certificate, key);
    }

    private static void pem(Path file, String what, byte[] bytes) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }

    private static void run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
    }
}
