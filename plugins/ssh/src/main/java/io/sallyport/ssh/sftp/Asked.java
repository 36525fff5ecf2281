package io.sallyport.ssh.sftp;

import io.sallyport.api.action.Access;
import io.sallyport.api.action.Analysis;
import io.sallyport.api.action.FileAccess;
import io.sallyport.api.action.Resource;
import io.sallyport.api.action.Verb;
import io.sallyport.ssh.command.SshVocabulary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request that names files would do.
 *
 * @param mode the kind of access, as the record shows it
 * @param verbs what is done to each of the paths
 * @param paths the paths as they were spelled
 * @param follows whether the target follows a link that a path names
 * @param content whether content can be read afterwards
 * @param opens whether the answer is a handle
 */
record Asked(
        FileAccess.Mode mode, List<Verb> verbs, List<byte[]> paths, boolean follows, boolean content, boolean opens) {

    private static final int READ_FLAG = 0x01;
    private static final int CHANGE_FLAGS = 0x02 | 0x04 | 0x08 | 0x10;
    private static final int KNOWN_FLAGS = 0x3F;
    private static final int HAS_SIZE = 0x01;
    private static final int HAS_OWNER = 0x02;
    private static final int HAS_MODE = 0x04;
    private static final int HAS_TIMES = 0x08;
    private static final int KNOWN_ATTRIBUTES = HAS_SIZE | HAS_OWNER | HAS_MODE | HAS_TIMES;

    /**
     * Reads a request from behind its identifier; null if it names no file or is not known.
     *
     * @throws IOException if it is not formed as it should be
     */
    static @Nullable Asked read(Packet packet) throws IOException {
        return switch (packet.type()) {
            case Packet.OPEN -> open(packet);
            case Packet.OPENDIR -> one(packet, FileAccess.Mode.LIST, SshVocabulary.LIST, true, true);
            case Packet.STAT -> one(packet, FileAccess.Mode.LIST, SshVocabulary.LIST, true, false);
            case Packet.LSTAT, Packet.READLINK -> one(packet, FileAccess.Mode.LIST, SshVocabulary.LIST, false, false);
            case Packet.REMOVE, Packet.RMDIR -> one(packet, FileAccess.Mode.REMOVE, SshVocabulary.REMOVE, false, false);
            case Packet.MKDIR -> {
                byte[] path = packet.bytes();
                attributes(packet);
                yield of(packet, FileAccess.Mode.MAKE_DIRECTORY, SshVocabulary.MKDIR, List.of(path), false);
            }
            case Packet.SETSTAT -> {
                byte[] path = packet.bytes();
                attributes(packet);
                yield of(packet, FileAccess.Mode.SET_ATTRIBUTES, SshVocabulary.SETATTR, List.of(path), true);
            }
            case Packet.RENAME -> two(packet, FileAccess.Mode.RENAME, SshVocabulary.RENAME);
            case Packet.SYMLINK -> two(packet, FileAccess.Mode.LINK, SshVocabulary.LINK);
            case Packet.EXTENDED -> extended(packet);
            default -> null;
        };
    }

    private static @Nullable Asked extended(Packet packet) throws IOException {
        return switch (packet.text()) {
            case Extensions.POSIX_RENAME -> two(packet, FileAccess.Mode.RENAME, SshVocabulary.RENAME);
            case Extensions.HARDLINK -> two(packet, FileAccess.Mode.LINK, SshVocabulary.LINK);
            case Extensions.STATVFS -> one(packet, FileAccess.Mode.LIST, SshVocabulary.LIST, true, false);
            case Extensions.LSETSTAT -> {
                byte[] path = packet.bytes();
                attributes(packet);
                yield of(packet, FileAccess.Mode.SET_ATTRIBUTES, SshVocabulary.SETATTR, List.of(path), false);
            }
            default -> null;
        };
    }

    private static Asked open(Packet packet) throws IOException {
        byte[] path = packet.bytes();
        int flags = packet.number();
        attributes(packet);
        packet.end();
        if ((flags & ~KNOWN_FLAGS) != 0) {
            throw new IOException("an SFTP file is opened in a way that is not known");
        }
        List<Verb> verbs = new ArrayList<>();
        boolean changes = (flags & CHANGE_FLAGS) != 0;
        boolean reads = (flags & READ_FLAG) != 0 || !changes;
        if (reads) {
            verbs.add(SshVocabulary.READ);
        }
        if (changes) {
            verbs.add(SshVocabulary.WRITE);
        }
        FileAccess.Mode mode = changes ? FileAccess.Mode.WRITE : FileAccess.Mode.READ;
        return new Asked(mode, verbs, List.of(path), true, reads, true);
    }

    private static Asked one(Packet packet, FileAccess.Mode mode, Verb verb, boolean follows, boolean opens)
            throws IOException {
        byte[] path = packet.bytes();
        packet.end();
        return new Asked(mode, List.of(verb), List.of(path), follows, false, opens);
    }

    private static Asked two(Packet packet, FileAccess.Mode mode, Verb verb) throws IOException {
        return of(packet, mode, verb, List.of(packet.bytes(), packet.bytes()), false);
    }

    private static Asked of(Packet packet, FileAccess.Mode mode, Verb verb, List<byte[]> paths, boolean follows)
            throws IOException {
        packet.end();
        return new Asked(mode, List.of(verb), paths, follows, false, false);
    }

    /** Passes over attributes. */
    static void attributes(Packet packet) throws IOException {
        int flags = packet.number();
        if ((flags & ~KNOWN_ATTRIBUTES) != 0) {
            throw new IOException("SFTP attributes that are not known");
        }
        if ((flags & HAS_SIZE) != 0) {
            packet.longNumber();
        }
        if ((flags & HAS_OWNER) != 0) {
            packet.longNumber();
        }
        if ((flags & HAS_MODE) != 0) {
            packet.number();
        }
        if ((flags & HAS_TIMES) != 0) {
            packet.longNumber();
        }
    }

    /** The action, with the paths as the target says they are. */
    FileAccess action(List<RemotePath> named) {
        List<Access> accesses = new ArrayList<>();
        StringBuilder text = new StringBuilder("sftp: ");
        String unclear = null;
        for (int i = 0; i < verbs.size(); i++) {
            text.append(i == 0 ? "" : " and ").append(verbs.get(i));
        }
        for (RemotePath path : named) {
            text.append(' ').append(path.text());
            unclear = unclear == null ? path.unclear() : unclear;
            for (Resource resource : path.resources()) {
                verbs.forEach(verb -> accesses.add(Access.of(verb, resource)));
            }
        }
        Analysis analysis = unclear == null
                ? Analysis.exact(text.toString(), accesses)
                : Analysis.opaque(text.toString(), accesses, unclear);
        return new FileAccess(analysis, mode, named.get(0).text());
    }
}
