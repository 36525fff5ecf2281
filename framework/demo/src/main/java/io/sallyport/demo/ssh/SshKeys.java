package io.sallyport.demo.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Key pairs in files, as ssh-keygen writes them. */
final class SshKeys {

    static {
        // Else the library registers its provider with the whole process, and plugins take it for one of theirs.
        System.setProperty("org.apache.sshd.security.provider.BC.useNamed", "false");
    }

    private SshKeys() {}

    /** The pair in this file, which is made if it is not there: its owner alone can read it. */
    static KeyPair at(Path file, String comment) throws IOException {
        try {
            if (Files.exists(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    return SecurityUtils.loadKeyPairIdentities(
                                    null, NamedResource.ofName(file.toString()), in, FilePasswordProvider.EMPTY)
                            .iterator()
                            .next();
                }
            }
            KeyPair pair = KeyUtils.generateKeyPair("ssh-ed25519", 256);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, comment, null, text);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, text.toByteArray());
            Files.writeString(
                    file.resolveSibling(file.getFileName() + ".pub"),
                    PublicKeyEntry.toString(pair.getPublic()) + " " + comment + "\n",
                    StandardCharsets.UTF_8);
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IOException("no SSH key could be made in " + file, e);
        }
    }

    /** A line of a known_hosts file. */
    static String knownHost(int port, PublicKey key) {
        return "[127.0.0.1]:" + port + " " + PublicKeyEntry.toString(key) + "\n";
    }
}
