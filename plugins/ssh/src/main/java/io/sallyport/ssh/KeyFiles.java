package io.sallyport.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Iterator;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The connector's own keys, in files of OpenSSH's form that only the gateway may read. */
final class KeyFiles {

    private static final int BITS = 256;

    private KeyFiles() {}

    /** The key in a file; if there is no file, a new Ed25519 key and a file of it. */
    static KeyPair readOrMake(Path file) throws IOException {
        return Files.exists(file) ? read(file) : make(file);
    }

    static KeyPair read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(file.toString()), in, FilePasswordProvider.EMPTY);
            Iterator<KeyPair> all = pairs == null ? null : pairs.iterator();
            if (all == null || !all.hasNext()) {
                throw new IOException(file + " holds no private key");
            }
            return all.next();
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IOException(file + " holds no private key that can be read", e);
        }
    }

    private static KeyPair make(Path file) throws IOException {
        try {
            KeyPair pair = KeyUtils.generateKeyPair("ssh-ed25519", BITS);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "sallyport", null, text);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, text.toByteArray(), StandardOpenOption.WRITE);
            return pair;
        } catch (FileAlreadyExistsException e) {
            return read(file);
        } catch (GeneralSecurityException e) {
            throw new IOException("no key can be made for " + file, e);
        }
    }
}
