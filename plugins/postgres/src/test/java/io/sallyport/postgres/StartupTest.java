package io.sallyport.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.api.config.HostPort;
import io.sallyport.postgres.PostgresConfig.Plaintext;
import io.sallyport.postgres.PostgresConfig.ServerTls;
import io.sallyport.postgres.PostgresTarget.Mode;
import io.sallyport.postgres.PostgresTarget.TargetTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupTest {

    private static final int[] SSL_REQUEST = {0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f};
    private static final int[] GSS_REQUEST = {0, 0, 0, 8, 4, 0xd2, 0x16, 0x30};

    private static ServerTls tls;
    private static Gateway gateway;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        tls = Certificates.make(directory, "localhost");
        gateway = Gateway.to(TestServer.get().address(), Gateway.LIMITS, tls);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Socket connected() throws IOException {
        Socket socket =
                new Socket(gateway.address().getAddress(), gateway.address().getPort());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static void write(Socket socket, int... bytes) throws IOException {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) bytes[i];
        }
        socket.getOutputStream().write(all);
    }

    private static Socket inTls(Socket socket) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 1, true);
        secure.startHandshake();
        return secure;
    }

    @Test
    @DisplayName("PG-01 SSLRequest gets exactly one byte, then silence")
    void oneByte() throws IOException {
        try (Socket socket = connected()) {
            // When
            write(socket, SSL_REQUEST);
            int answer = socket.getInputStream().read();
            socket.setSoTimeout(300);

            // Then
            assertEquals('S', answer);
            assertThrows(
                    SocketTimeoutException.class, () -> socket.getInputStream().read());
        }
    }

    @Test
    @DisplayName("PG-02 GSSENCRequest is declined with N and the same connection goes on to TLS and a login")
    void gss() throws Exception {
        try (Socket socket = connected()) {
            // When
            write(socket, GSS_REQUEST);
            int gss = socket.getInputStream().read();
            write(socket, SSL_REQUEST);
            int ssl = socket.getInputStream().read();
            RawClient client = new RawClient(inTls(socket));
            client.login("app", FakeSessions.TOKEN);

            // Then
            assertEquals('N', gss);
            assertEquals('S', ssl);
            assertEquals("T D[1] C(SELECT 1) Z(I)", client.query("SELECT 1").talk(1));
        }
    }

    @Test
    @DisplayName("PG-03 Bytes in clear behind SSLRequest are fatal, and their user never becomes a login")
    void injected() throws IOException {
        // Given
        int before = gateway.sessions.admissions.size();
        byte[] startup = "\0\0\0\46\0\3\0\0user\0mallory\0database\0app\0\0".getBytes(StandardCharsets.ISO_8859_1);

        // When
        int first;
        try (Socket socket = connected()) {
            byte[] all = new byte[8 + startup.length];
            for (int i = 0; i < 8; i++) {
                all[i] = (byte) SSL_REQUEST[i];
            }
            System.arraycopy(startup, 0, all, 8, startup.length);
            socket.getOutputStream().write(all);
            first = socket.getInputStream().read();
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // Reads to the end.
            }
        }

        // Then
        assertEquals('E', first);
        assertEquals(before, gateway.sessions.admissions.size());
    }

    @Test
    @DisplayName("PG-04 Startup byte by byte, and password and Query in one write")
    void oddlyCut() throws Exception {
        // When
        String slow;
        try (Socket socket = connected()) {
            write(socket, SSL_REQUEST);
            socket.getInputStream().read();
            RawClient client = new RawClient(new Dribbling(inTls(socket)));
            client.login("app", FakeSessions.TOKEN);
            slow = client.query("SELECT 1").talk(1);
        }
        String early;
        try (RawClient client = new RawClient(gateway.address())) {
            client.startup(196608, "app")
                    .password(FakeSessions.TOKEN)
                    .query("SELECT 2")
                    .send();
            early = client.talk(2);
        }

        // Then
        assertEquals("T D[1] C(SELECT 1) Z(I)", slow);
        assertTrue(early.startsWith("R R S") && early.endsWith("K Z(I) T D[2] C(SELECT 1) Z(I)"), early);
    }

    @Test
    @DisplayName("PG-05 Protocol 3.2 is spoken, with a cancel key of 32 bytes that cancels")
    void minorVersion() throws IOException {
        try (RawClient client = new RawClient(gateway.address())) {
            // Given
            client.login(196610, "app", FakeSessions.TOKEN);
            client.query("SELECT pg_sleep(60)").send();
            Await.until("the statement runs", () -> TestServer.get()
                    .text(
                            "postgres",
                            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                                    + " AND query = 'SELECT pg_sleep(60)'")
                    .equals("1"));

            // When
            byte[] wrong = client.key.clone();
            wrong[31]++;
            cancel(client.process, wrong);
            cancel(client.process, Arrays.copyOf(client.key, 4));
            RawClient.Message early = client.read(300);
            cancel(client.process, client.key);
            String answer = client.talk(1);

            // Then
            assertEquals(32, client.key.length);
            assertNull(early, "a wrong key does nothing");
            assertEquals("T E(57014) Z(I)", answer);
        }
    }

    private void cancel(int process, byte[] key) throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(cancelRequest(process, key));
            socket.getInputStream().read();
        }
    }

    private static byte[] cancelRequest(int process, byte[] key) {
        return java.nio.ByteBuffer.allocate(12 + key.length)
                .putInt(12 + key.length)
                .putInt(80877102)
                .putInt(process)
                .put(key)
                .array();
    }

    @Test
    @DisplayName("PG-05 A newer protocol is negotiated down to 3.2, and an extension is named as unknown")
    void newerVersion() throws IOException {
        try (RawClient client = new RawClient(gateway.address())) {
            // When
            client.startup(196608 + 9999, "app", "_pq_.test=1")
                    .password(FakeSessions.TOKEN)
                    .query("SELECT 2")
                    .send();
            RawClient.Message negotiated = client.read();
            String rest = client.talk(2);

            // Then
            assertEquals('v', negotiated.type());
            assertEquals(196610, negotiated.number(0));
            assertEquals(1, negotiated.number(4));
            assertTrue(rest.endsWith("Z(I) T D[2] C(SELECT 1) Z(I)"), rest);
        }
    }

    @Test
    @DisplayName("The target sees of whom a session is, and what the client calls itself")
    void applicationName() throws IOException, SQLException {
        try (RawClient client = gateway.client("application_name=na\u00efve tool")) {
            // When
            String seen = TestServer.get()
                    .text(
                            "postgres",
                            "SELECT application_name FROM pg_stat_activity WHERE usename = '" + TestServer.ACCOUNT
                                    + "' ORDER BY backend_start DESC LIMIT 1");

            // Then
            assertEquals(gateway.sessions.last().id() + "/alice/na?ve tool", seen);
            assertEquals(
                    "T D[" + seen + "] C(SHOW) Z(I)",
                    client.query("SHOW application_name").talk(1));
        }
    }

    @Test
    @DisplayName("PG-06 A TLS handshake may come first, with ALPN postgresql and not without")
    void directTls() throws Exception {
        // When
        String answer;
        try (Socket socket = connected()) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAll()}, null);
            SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 1, true);
            var parameters = secure.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"postgresql"});
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            assertEquals("postgresql", secure.getApplicationProtocol());
            RawClient client = new RawClient(secure);
            client.login("app", FakeSessions.TOKEN);
            answer = client.query("SELECT 1").talk(1);
        }
        int without;
        try (Socket socket = connected()) {
            without = inTls(socket).getInputStream().read();
        }

        // Then
        assertEquals("T D[1] C(SELECT 1) Z(I)", answer);
        assertEquals(-1, without);
    }

    @Test
    @DisplayName("PG-07 Options with several settings pass, and an unknown one gives the target's own error")
    void options() throws IOException {
        // When
        String shown;
        try (RawClient client = gateway.client("options=-c statement_timeout=5000 -c search_path=public")) {
            shown = client.query("SHOW statement_timeout")
                    .query("SHOW search_path")
                    .talk(2);
        }
        List<RawClient.Message> unknown;
        try (RawClient client = new RawClient(gateway.address())) {
            unknown = client.startup(196608, "app", "options=-c nosuch=1")
                    .password(FakeSessions.TOKEN)
                    .exchange(1);
        }

        // Then
        assertEquals("T D[5s] C(SHOW) Z(I) T D[public] C(SHOW) Z(I)", shown);
        RawClient.Message error = unknown.get(2);
        assertEquals("42704", error.field('C'));
        assertEquals("unrecognized configuration parameter \"nosuch\"", error.field('M'));
        assertEquals("FATAL", error.field('S'));
    }

    @Test
    @DisplayName("PG-08 Replication connections are refused before anything else happens")
    void replication() throws IOException {
        // Given
        int before = gateway.sessions.admissions.size();

        // When
        String answer;
        try (RawClient client = new RawClient(gateway.address())) {
            answer = client.startup(196608, "app", "replication=database").talk(1);
        }

        // Then
        assertEquals("E(0A000) #", answer);
        assertEquals(before, gateway.sessions.admissions.size());
    }

    @Test
    @DisplayName("PG-09 What the target says of the credential does not reach the client")
    void targetRefuses() throws IOException {
        // Given
        try (RawClient client = new RawClient(gateway.address())) {
            // When
            List<RawClient.Message> answer = client.startup(196608, "app/nodatabase")
                    .password(FakeSessions.TOKEN)
                    .exchange(1);

            // Then
            RawClient.Message error = answer.get(2);
            assertEquals("3D000", error.field('C'));
            assertEquals(
                    "sallyport: target app: the database does not exist on the target (session "
                            + gateway.sessions.last().id() + ")",
                    error.field('M'));
            assertNotNull(gateway.sessions.last().closing);
        }
    }

    @Test
    @DisplayName(
            "PG-09 A credential that the target does not take, and an account with too many sessions, are told apart")
    void targetRefusesAccount() throws Exception {
        // Given
        TestServer.get()
                .execute(
                        "postgres",
                        "DROP ROLE IF EXISTS no_room; CREATE ROLE no_room LOGIN PASSWORD 'no-room-77' CONNECTION LIMIT 0");
        try (Gateway rotated = Gateway.as(TestServer.ACCOUNT, "rotated-since-then");
                Gateway full = Gateway.as("no_room", "no-room-77")) {
            // When
            RawClient.Message credential = refusal(rotated);
            RawClient.Message room = refusal(full);

            // Then
            assertEquals("28P01", credential.field('C'));
            assertEquals("53300", room.field('C'));
            for (RawClient.Message message : List.of(credential, room)) {
                String text = message.field('M');
                assertTrue(text.startsWith("sallyport: target app: "), text);
                assertTrue(
                        !text.contains(TestServer.ACCOUNT) && !text.contains("no_room") && !text.contains("77"), text);
            }
            assertTrue(rotated.sessions.last().notes.toString().contains("password authentication failed"));
        }
    }

    private static RawClient.Message refusal(Gateway other) throws IOException {
        try (RawClient client = new RawClient(other.address())) {
            return client.startup(196608, "app")
                    .password(FakeSessions.TOKEN)
                    .exchange(1)
                    .get(2);
        }
    }

    @Test
    @DisplayName("PG-13 A cancel request in TLS ends what runs, too")
    void cancelInTls() throws Exception {
        try (RawClient client = gateway.client()) {
            // Given
            client.query("SELECT pg_sleep(59)").send();
            Await.until("the statement runs", () -> TestServer.get()
                    .text(
                            "postgres",
                            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                                    + " AND query = 'SELECT pg_sleep(59)'")
                    .equals("1"));

            // When
            try (Socket socket = connected()) {
                write(socket, SSL_REQUEST);
                socket.getInputStream().read();
                Socket secure = inTls(socket);
                secure.getOutputStream().write(cancelRequest(client.process, client.key));
                secure.getInputStream().read();
            }
            String answer = client.query("SELECT 1").talk(2);

            // Then
            assertEquals("T E(57014) Z(I) T D[1] C(SELECT 1) Z(I)", answer);
        }
    }

    @Test
    @DisplayName("PG-09 An unreachable target is told as such")
    void unreachable() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (Gateway other = Gateway.to(new HostPort("127.0.0.1", free), Gateway.LIMITS, null);
                RawClient client = new RawClient(other.address())) {
            // When
            List<RawClient.Message> answer =
                    client.startup(196608, "app").password(FakeSessions.TOKEN).exchange(1);

            // Then
            assertEquals("E(08001)", answer.get(2).toString());
        }
    }

    @Test
    @DisplayName("A wrong token is refused with 28P01 and no target is touched")
    void wrongToken() throws IOException {
        try (RawClient client = new RawClient(gateway.address())) {
            // When
            String answer = client.startup(196608, "app").password("guess").talk(1);

            // Then
            assertEquals("R E(28P01) #", answer);
        }
    }

    @Test
    @DisplayName("A second password message, or any other message before authentication ends, is fatal")
    void outOfPlace() throws IOException {
        try (RawClient client = new RawClient(gateway.address())) {
            // When
            String answer = client.startup(196608, "app").query("SELECT 1").talk(1);

            // Then
            assertEquals("R E(08P01) #", answer);
        }
    }

    @Test
    @DisplayName("PG-11 A target that answers N to SSLRequest gets no startup message and no password")
    void targetWithoutTls() throws Exception {
        try (ServerSocket stub = new ServerSocket(0)) {
            CompletableFuture<List<Integer>> seen = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                List<Integer> bytes = new ArrayList<>();
                try (Socket socket = stub.accept()) {
                    for (int i = 0; i < 8; i++) {
                        bytes.add(socket.getInputStream().read());
                    }
                    socket.getOutputStream().write('N');
                    int next;
                    while ((next = socket.getInputStream().read()) >= 0) {
                        bytes.add(next);
                    }
                    seen.complete(bytes);
                } catch (IOException e) {
                    seen.complete(bytes);
                }
            });
            thread.start();
            try (Gateway other = Gateway.to(
                            new HostPort("127.0.0.1", stub.getLocalPort()),
                            Gateway.LIMITS,
                            null,
                            new TargetTls(Mode.VERIFY_FULL, null));
                    RawClient client = new RawClient(other.address())) {
                // When
                List<RawClient.Message> answer = client.startup(196608, "app")
                        .password(FakeSessions.TOKEN)
                        .exchange(1);

                // Then
                assertTrue(
                        answer.get(2).field('M').contains("the target refuses TLS"),
                        answer.get(2).field('M'));
                assertEquals(8, seen.get().size());
            }
        }
    }

    @Test
    @DisplayName("PG-12 Half-open logins are closed by the login timeout and leave no record")
    void halfOpen() throws Exception {
        // Given
        try (Gateway other = Gateway.to(TestServer.get().address(), Gateway.LIMITS, tls)) {
            List<Socket> idle = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                idle.add(
                        new Socket(other.address().getAddress(), other.address().getPort()));
            }

            // When
            try (RawClient client = other.client()) {
                assertEquals("T D[1] C(SELECT 1) Z(I)", client.query("SELECT 1").talk(1));
            }
            for (Socket socket : idle) {
                socket.setSoTimeout(10_000);
                assertEquals(-1, socket.getInputStream().read());
                socket.close();
            }

            // Then
            assertEquals(1, other.sessions.admissions.size());
        }
    }

    @Test
    @DisplayName("pgjdbc logs in with verify-full")
    void verifyFull() throws SQLException {
        // When
        String url = "jdbc:postgresql://localhost:" + gateway.address().getPort() + "/app?user=x&password="
                + FakeSessions.TOKEN + "&sslmode=verify-full&sslrootcert=" + tls.certificate();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_user")) {
            rows.next();

            // Then
            assertEquals(TestServer.ACCOUNT, rows.getString(1));
        }
    }

    @Test
    @DisplayName("A configuration that would let a token travel in clear is refused")
    void clear() {
        // Then
        assertThrows(
                IllegalArgumentException.class,
                () -> new PostgresConfig(new HostPort("0.0.0.0", 1), null, Plaintext.LOOPBACK, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new PostgresConfig(new HostPort("127.0.0.1", 1), null, Plaintext.NEVER, 0));
        assertFalse(new PostgresConfig(new HostPort("127.0.0.1", 1), null, Plaintext.LOOPBACK, 0)
                .toString()
                .isEmpty());
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Writes every byte on its own. */
    private static final class Dribbling extends Socket {
        private final Socket socket;

        Dribbling(Socket socket) {
            this.socket = socket;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return socket.getInputStream();
        }

        @Override
        public java.io.OutputStream getOutputStream() throws IOException {
            java.io.OutputStream out = socket.getOutputStream();
            return new java.io.OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    out.write(b);
                    out.flush();
                }
            };
        }

        @Override
        public synchronized void setSoTimeout(int timeout) throws java.net.SocketException {
            socket.setSoTimeout(timeout);
        }

        @Override
        public void setTcpNoDelay(boolean on) throws java.net.SocketException {
            socket.setTcpNoDelay(on);
        }
    }
}
