package io.sallyport.vault.http;

import io.github.jopenlibs.vault.EnvironmentLoader;
import io.github.jopenlibs.vault.SslConfig;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** How the driver reaches Vault: by what the configuration says, and by nothing of the process's environment. */
final class Transport {

    private static final Duration CONNECT = Duration.ofSeconds(2);

    private Transport() {}

    /** A client that follows no redirects, so that a token goes to the configured address only. */
    static HttpClient client(@Nullable Path authorities) throws VaultFailure {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
        if (authorities != null) {
            builder.sslContext(trusting(authorities));
        }
        return builder.build();
    }

    private static SSLContext trusting(Path authorities) throws VaultFailure {
        try (InputStream file = Files.newInputStream(authorities)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                trusted.setCertificateEntry("authority-" + number, certificate);
                number++;
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new VaultFailure("the authorities in " + authorities + " cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }

    static VaultConfig configuration(String address, HttpClient client, int seconds) throws VaultException {
        return new VaultConfig()
                .environmentLoader(new NoEnvironment())
                .address(address)
                .engineVersion(1)
                .readTimeout(seconds)
                .httpClient(client)
                .sslConfig(new Verified().build());
    }

    /** Neither variables nor {@code ~/.vault-token} say anything. */
    private static final class NoEnvironment extends EnvironmentLoader {

        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings("NullAway") // The driver asks for null where there is no variable.
        public String loadVariable(String name) {
            return null;
        }
    }

    private static final class Verified extends SslConfig {

        private static final long serialVersionUID = 1L;

        Verified() {
            environmentLoader(new NoEnvironment());
            verify(true);
        }
    }
}
