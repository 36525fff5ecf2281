package io.sallyport.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.sallyport.api.credential.CredentialSource;
import io.sallyport.demo.vault.StandInVault;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A vault behind TLS")
@SuppressWarnings("NullAway.Init")
final class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    private StandInVault vault;
    private Path certificate;

    @BeforeEach
    void start() throws Exception {
        Path store = directory.resolve("store.p12");
        certificate = directory.resolve("vault.crt");
        keytool(
                "-genkeypair",
                "-alias",
                "vault",
                "-keyalg",
                "EC",
                "-dname",
                "CN=vault",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "vault",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                certificate.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        vault = StandInVault.over(server);
        vault.state.secrets.put("secret/data/app", Map.of("user", "app", "password", "word"));
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    private static void keytool(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        assertEquals(
                0,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor());
    }

    private CredentialSource source(@Nullable Path ca) {
        return new VaultCredentialSourceFactory()
                .create("vault", new VaultConfiguration(vault.address(), ca, null, World.appRole(vault)));
    }

    @Test
    @DisplayName("is asked where its certificate comes from the configured authority")
    void trusted() throws Exception {
        try (CredentialSource source = source(certificate)) {
            // When
            String account = source.credential(World.request("secret/data/app")).account();

            // Then
            assertEquals("app", account);
        }
    }

    @Test
    @DisplayName("is told nothing where its certificate comes from elsewhere")
    void untrusted() {
        try (CredentialSource source = source(null)) {
            // When
            IOException refusal =
                    assertThrows(IOException.class, () -> source.credential(World.request("secret/data/app")));

            // Then
            assertTrue(String.valueOf(refusal.getMessage()).contains("check 'ca'"), refusal.getMessage());
            assertTrue(vault.calls.isEmpty());
        }
    }

    @Test
    @DisplayName("cannot be left away: a plain address is for the gateway's own host only")
    void plain() {
        // When
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new VaultConfiguration(
                        URI.create("http://vault.internal:8200"), null, null, World.appRole(vault)));

        // Then
        assertTrue(String.valueOf(refusal.getMessage()).contains("https"), refusal.getMessage());
    }
}
