package io.sallyport.ssh.sftp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/** The extensions that the gateway reads; a client hears of no others. */
final class Extensions {

    static final String POSIX_RENAME = "posix-rename@openssh.com";
    static final String HARDLINK = "hardlink@openssh.com";
    static final String STATVFS = "statvfs@openssh.com";
    static final String FSTATVFS = "fstatvfs@openssh.com";
    static final String FSYNC = "fsync@openssh.com";
    static final String LSETSTAT = "lsetstat@openssh.com";
    static final String LIMITS = "limits@openssh.com";
    static final String EXPAND_PATH = "expand-path@openssh.com";

    private static final Set<String> READ =
            Set.of(POSIX_RENAME, HARDLINK, STATVFS, FSTATVFS, FSYNC, LSETSTAT, LIMITS, EXPAND_PATH);

    private Extensions() {}

    /** The target's VERSION packet without what the gateway does not read. */
    static byte[] filter(Packet version) throws IOException {
        int number = version.number();
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        while (version.more()) {
            int start = version.position();
            String name = version.text();
            version.skip();
            if (READ.contains(name)) {
                rest.write(version.frame, start, version.position() - start);
            }
        }
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + 1 + Integer.BYTES + rest.size());
        out.putInt(out.capacity() - Integer.BYTES)
                .put((byte) Packet.VERSION)
                .putInt(Math.min(number, SftpProxy.PROTOCOL))
                .put(rest.toByteArray());
        return out.array();
    }
}
