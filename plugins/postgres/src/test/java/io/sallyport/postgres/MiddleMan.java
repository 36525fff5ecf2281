package io.sallyport.postgres;

import io.sallyport.api.config.HostPort;
import io.sallyport.postgres.PostgresConfig.ServerTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Ends TLS with a certificate of its own and passes everything on to the real server in TLS of its own. */
final class MiddleMan implements AutoCloseable {

    private static final byte[] SSL_REQUEST =
            ByteBuffer.allocate(8).putInt(8).putInt(80877103).array();

    private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final HostPort server;
    private final SSLContext towardsClient;
    private final SSLContext towardsServer;

    MiddleMan(HostPort server, ServerTls own) throws Exception {
        this.server = server;
        this.towardsClient = context(own);
        this.towardsServer = SSLContext.getInstance("TLS");
        towardsServer.init(null, new TrustManager[] {new TrustsAll()}, null);
        start(this::accept);
    }

    private static SSLContext context(ServerTls own) throws Exception {
        Certificate certificate;
        try (InputStream file = Files.newInputStream(own.certificate())) {
            certificate = CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
        String pem = Files.readString(own.key());
        byte[] key = Base64.getMimeDecoder()
                .decode(pem.replace("-----BEGIN PRIVATE KEY-----", "").replace("-----END PRIVATE KEY-----", ""));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "a",
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
                new char[0],
                new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    HostPort address() {
        return new HostPort("127.0.0.1", listener.getLocalPort());
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "middle-man");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket plain = listener.accept();
                start(() -> serve(plain));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket plain) {
        try (plain;
                Socket plainServer = new Socket(server.host(), server.port())) {
            plain.getInputStream().readNBytes(8);
            plain.getOutputStream().write('S');
            SSLSocket client = (SSLSocket) towardsClient.getSocketFactory().createSocket(plain, null, true);
            client.setUseClientMode(false);
            plainServer.getOutputStream().write(SSL_REQUEST);
            plainServer.getInputStream().read();
            SSLSocket real =
                    (SSLSocket) towardsServer.getSocketFactory().createSocket(plainServer, "localhost", 1, true);
            start(() -> pass(real, client));
            pass(client, real);
        } catch (IOException e) {
            // One of them has gone.
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.close();
        } catch (IOException e) {
            // One of them has gone.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Anybody.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Anybody.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
