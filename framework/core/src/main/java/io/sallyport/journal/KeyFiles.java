package io.sallyport.journal;

import io.sallyport.journal.proof.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal's key files: the signing key, the public key in the directory, and the secret of the digests beside the signing key. */
record KeyFiles(SigningKey signing, SecretKeySpec digests) {

    /** The public key's file in the journal's directory. */
    static final String PUBLIC = "journal.pub";

    private static final Logger LOG = LoggerFactory.getLogger(KeyFiles.class);
    private static final String MAC = "HmacSHA256";
    private static final int SECRET_BYTES = 32;

    /** Reads the keys, or makes them if the journal is still empty. */
    static KeyFiles open(JournalSettings settings, boolean empty) throws IOException {
        Path file = settings.signingKey();
        Path published = settings.directory().resolve(PUBLIC);
        SigningKey key = signing(file, empty);
        if (!Files.exists(published)) {
            if (!empty) {
                throw new JournalException("the journal's public key " + published
                        + " is missing: restore it, or move the directory away to begin a new journal");
            }
            write(published, key.publicPem(), "rw-r--r--");
        } else if (!SigningKey.id(SigningKey.publicFromPem(Files.readString(published)))
                .equals(key.id())) {
            throw new JournalException("the signing key " + file + " is not the one that this journal began with ("
                    + published + "): restore it, or move the directory away to begin a new journal");
        }
        return new KeyFiles(key, digests(sibling(file), empty));
    }

    private static SigningKey signing(Path file, boolean empty) throws IOException {
        if (Files.exists(file)) {
            warnIfOpen(file);
            try {
                return SigningKey.fromPem(Files.readString(file));
            } catch (IllegalArgumentException e) {
                throw new JournalException("the signing key " + file + " cannot be read: " + e.getMessage(), e);
            }
        }
        if (!empty) {
            throw new JournalException("the signing key " + file
                    + " is missing and the journal is not empty: restore the key, or move the directory away to begin a new"
                    + " journal");
        }
        SigningKey key = SigningKey.generate();
        write(file, key.privatePem(), "rw-------");
        return key;
    }

    private static SecretKeySpec digests(Path file, boolean empty) throws IOException {
        if (!Files.exists(file)) {
            if (!empty) {
                throw new JournalException("the secret of the journal's digests " + file
                        + " is missing and the journal is not empty: restore it, or move the directory away");
            }
            byte[] secret = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(secret);
            write(file, HexFormat.of().formatHex(secret) + "\n", "rw-------");
        }
        warnIfOpen(file);
        try {
            byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
            if (secret.length != SECRET_BYTES) {
                throw new IllegalArgumentException("it has not 32 bytes");
            }
            return new SecretKeySpec(secret, MAC);
        } catch (IllegalArgumentException e) {
            throw new JournalException(
                    "the secret of the journal's digests " + file + " is not 64 hexadecimal digits", e);
        }
    }

    /** {@code journal.key} has {@code journal.hmac} beside it. */
    private static Path sibling(Path key) {
        String name = String.valueOf(key.getFileName());
        int dot = name.lastIndexOf('.');
        return key.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".hmac");
    }

    byte[] digest(byte[] content, int offset, int length) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(digests);
            mac.update(content, offset, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    private static void warnIfOpen(Path file) throws IOException {
        Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
        if (open.contains(PosixFilePermission.GROUP_READ) || open.contains(PosixFilePermission.OTHERS_READ)) {
            LOG.warn("{} can be read by others than its owner: chmod 600 it", file);
        }
    }

    private static void write(Path file, String text, String permissions) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
