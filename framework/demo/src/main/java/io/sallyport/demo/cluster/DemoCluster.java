package io.sallyport.demo.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.demo.cluster.http.HttpsListener;
import io.sallyport.demo.cluster.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A stand-in API server on loopback. It wants its own token from everyone, as a real target would; only the process that made it
 * knows it.
 */
public final class DemoCluster implements AutoCloseable {

    private final HttpsListener listener;
    private final String token;

    private DemoCluster(HttpsListener listener, String token) {
        this.listener = listener;
        this.token = token;
    }

    /**
     * Starts on a free port, with the demo's objects.
     *
     * @param certificate the server's certificate chain in PEM
     * @param key its private key in PEM
     */
    public static DemoCluster start(Path certificate, Path key) throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        ObjectMapper json = new ObjectMapper();
        Store store = new Store();
        Fixture.fill(store, json);
        return new DemoCluster(new HttpsListener(tls(certificate, key), new ClusterApi(store, json, token)), token);
    }

    private static SSLContext tls(Path certificate, Path key) throws IOException {
        try (InputStream in = Files.newInputStream(certificate)) {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
            String pem = Files.readString(key, StandardCharsets.US_ASCII)
                    .replace("-----BEGIN PRIVATE KEY-----", "")
                    .replace("-----END PRIVATE KEY-----", "");
            PKCS8EncodedKeySpec encoded =
                    new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem));
            char[] password = new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry("server", KeyFactory.getInstance("EC").generatePrivate(encoded), password, chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the stand-in cluster cannot use " + certificate, e);
        }
    }

    /** The port on loopback. */
    public int port() {
        return listener.port();
    }

    /** The token that it wants. */
    public String token() {
        return token;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
