package io.sallyport.demo.ssh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class DemoHostTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private DemoHost host;
    private SshClient client;

    @BeforeEach
    void start() throws IOException {
        host = DemoHost.start(directory);
        client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(new KnownHostsServerKeyVerifier(
                RejectAllServerKeyVerifier.INSTANCE, directory.resolve("web1.known_hosts")));
        client.start();
    }

    @AfterEach
    void stop() throws IOException {
        client.stop();
        host.close();
    }

    private ClientSession login(Path key) throws IOException {
        ClientSession session = client.connect("deploy", "127.0.0.1", host.port())
                .verify(PATIENCE)
                .getSession();
        session.addPublicKeyIdentity(SshKeys.at(key, "x"));
        session.auth().verify(PATIENCE);
        return session;
    }

    private ClientSession login() throws IOException {
        return login(directory.resolve("web1.key"));
    }

    private record Ran(int status, byte[] out, String error) {}

    private static Ran run(ClientSession session, String line, byte[] input) throws IOException {
        try (ChannelExec channel = session.createExecChannel(line)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream error = new ByteArrayOutputStream();
            channel.setIn(new ByteArrayInputStream(input));
            channel.setOut(out);
            channel.setErr(error);
            channel.open().verify(PATIENCE);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
            return new Ran(channel.getExitStatus(), out.toByteArray(), error.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    @DisplayName("runs commands at home, with both outputs apart and the exit status")
    void runs() throws IOException {
        // Given
        try (ClientSession session = login()) {
            // When
            Ran ran = run(session, "pwd; echo bad >&2; echo $USER; exit 7", new byte[0]);

            // Then
            assertEquals(7, ran.status());
            assertEquals(host.home() + "\ndeploy\n", new String(ran.out(), StandardCharsets.UTF_8));
            assertEquals("bad\n", ran.error());
        }
    }

    @Test
    @DisplayName("passes bytes in both directions unchanged, and the end of the input")
    void passesBytes() throws IOException {
        // Given
        byte[] bytes = new byte[1 << 20];
        new Random(1).nextBytes(bytes);
        try (ClientSession session = login()) {
            // When
            Ran ran = run(session, "cat", bytes);

            // Then
            assertEquals(0, ran.status());
            assertArrayEquals(bytes, ran.out());
        }
    }

    @Test
    @DisplayName("serves files, relative ones at home")
    void servesFiles() throws IOException {
        // Given
        try (ClientSession session = login();
                SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
            // When
            try (var out = sftp.write("note.txt")) {
                out.write(65);
            }

            // Then
            assertEquals("A", Files.readString(host.home().resolve("note.txt")));
            assertEquals(host.home().toString(), sftp.canonicalPath("."));
            assertTrue(sftp.stat("/etc").isDirectory());
        }
    }

    @Test
    @DisplayName("lets nobody in who does not have the account's key, which only its owner can read")
    void keepsOthersOut() throws IOException {
        // Given
        Path other = directory.resolve("other");

        // When / Then
        assertThrows(SshException.class, () -> login(other));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("web1.key"))));
    }
}
