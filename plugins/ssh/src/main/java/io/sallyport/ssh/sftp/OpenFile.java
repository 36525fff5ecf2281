package io.sallyport.ssh.sftp;

import io.sallyport.api.session.Outcome;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file or directory that is open: what went through it so far. */
final class OpenFile {

    final RemotePath path;
    final Ends.Deed deed;
    private final Content read = new Content();
    private final Content written = new Content();
    private int failure;

    OpenFile(RemotePath path, Ends.Deed deed) {
        this.path = path;
        this.deed = deed;
    }

    void read(long offset, byte[] bytes, int from, int length) {
        read.add(offset, bytes, from, length);
    }

    void written(long offset, byte[] bytes, int from, int length) {
        written.add(offset, bytes, from, length);
    }

    /** The target answered a request on it with this status. */
    void status(int code) {
        if (code != Packet.OK && code != Packet.EOF) {
            failure = code;
        }
    }

    Outcome outcome(Outcome.Status how, String why) {
        boolean failed = failure != 0 && how == Outcome.Status.SUCCEEDED;
        String code = failed ? "status " + failure : why;
        String detail = (read.describe("read") + " " + written.describe("written")).strip();
        return new Outcome(
                failed ? Outcome.Status.FAILED : how,
                code,
                -1,
                read.bytes + written.bytes,
                detail.isEmpty() ? null : detail);
    }

    /** Content in one direction; its hash is that of the file as long as it is in order and begins at the beginning. */
    private static final class Content {

        private final MessageDigest digest = sha256();
        private long bytes;
        private boolean inOrder = true;

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        void add(long offset, byte[] from, int start, int length) {
            inOrder &= offset == bytes;
            bytes += length;
            if (inOrder) {
                digest.update(from, start, length);
            }
        }

        String describe(String what) {
            if (bytes == 0) {
                return "";
            }
            return what + " " + bytes + " bytes"
                    + (inOrder ? ", sha256 " + HexFormat.of().formatHex(digest.digest()) : ", out of order");
        }
    }
}
