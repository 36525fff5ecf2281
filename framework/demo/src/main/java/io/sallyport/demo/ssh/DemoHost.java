package io.sallyport.demo.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/**
 * An SSH server on loopback that runs commands with {@code /bin/sh} as whoever runs the demo. The account {@code deploy} logs in
 * with a key that only the gateway has; its home is a directory of the demo's.
 */
public final class DemoHost implements AutoCloseable {

    /** The target's name. */
    public static final String TARGET = "web1";

    /** The account that the gateway logs in to. */
    public static final String ACCOUNT = "deploy";

    private static final String CUSTOMERS = """
            id,name,email,iban
            1,Alice,alice@example.com,DE89370400440532013000
            2,Bob,bob@example.com,GB29NWBK60161331926819
            """;

    /** Rights are not what the demo shows: its sudo runs the command as whoever runs the demo. */
    private static final String SUDO = """
            #!/bin/sh
            while [ $# -gt 0 ]; do
                case $1 in
                    -u | -g) shift 2 ;;
                    -*) shift ;;
                    *) break ;;
                esac
            done
            exec "$@"
            """;

    private final SshServer server;
    private final Path home;

    private DemoHost(SshServer server, Path home) {
        this.server = server;
        this.home = home;
    }

    /**
     * Starts the server.
     *
     * @param directory where its keys, its known_hosts file and the account's home go
     */
    public static DemoHost start(Path directory) throws IOException {
        Path home = Files.createDirectories(directory.resolve(TARGET)).toRealPath();
        Files.writeString(home.resolve("customers.csv"), CUSTOMERS);
        Path sudo = Files.createDirectories(home.resolve("bin")).resolve("sudo");
        Files.writeString(sudo, SUDO);
        Files.setPosixFilePermissions(sudo, PosixFilePermissions.fromString("rwxr-xr-x"));
        KeyPair host = SshKeys.at(directory.resolve(TARGET + ".host-key"), TARGET);
        KeyPair account = SshKeys.at(directory.resolve(TARGET + ".key"), ACCOUNT + "@" + TARGET);
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(host));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals(ACCOUNT) && KeyUtils.compareKeys(key, account.getPublic()));
        server.setCommandFactory((channel, line) -> new HostCommand(home, line));
        server.setShellFactory(channel -> new HostCommand(home, null));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder()
                .withFileSystemAccessor(new AtHome(home))
                .build()));
        // What may be forwarded is for the gateway to say.
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.start();
        Files.writeString(
                directory.resolve(TARGET + ".known_hosts"), SshKeys.knownHost(server.getPort(), host.getPublic()));
        return new DemoHost(server, home);
    }

    /** The port on loopback. */
    public int port() {
        return server.getPort();
    }

    /** The account's home. */
    public Path home() {
        return home;
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    /** Paths that are not absolute begin at home. */
    private record AtHome(Path home) implements SftpFileSystemAccessor {

        @Override
        public Path resolveLocalFilePath(SftpSubsystemProxy subsystem, Path root, String path) {
            return home.resolve(path).normalize();
        }
    }
}
