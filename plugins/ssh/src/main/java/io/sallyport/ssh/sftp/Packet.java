package io.sallyport.ssh.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One packet of the protocol as it came, and a place in it up to which it was read. */
final class Packet {

    static final int INIT = 1;
    static final int VERSION = 2;
    static final int OPEN = 3;
    static final int CLOSE = 4;
    static final int READ = 5;
    static final int WRITE = 6;
    static final int LSTAT = 7;
    static final int FSTAT = 8;
    static final int SETSTAT = 9;
    static final int FSETSTAT = 10;
    static final int OPENDIR = 11;
    static final int READDIR = 12;
    static final int REMOVE = 13;
    static final int MKDIR = 14;
    static final int RMDIR = 15;
    static final int REALPATH = 16;
    static final int STAT = 17;
    static final int RENAME = 18;
    static final int READLINK = 19;
    static final int SYMLINK = 20;
    static final int STATUS = 101;
    static final int HANDLE = 102;
    static final int DATA = 103;
    static final int NAME = 104;
    static final int EXTENDED = 200;

    static final int OK = 0;
    static final int EOF = 1;
    static final int PERMISSION_DENIED = 3;
    static final int FAILURE = 4;
    static final int UNSUPPORTED = 8;

    private static final int PREFIX = Integer.BYTES;

    final byte[] frame;
    private final ByteBuffer reader;
    private final int type;

    Packet(byte[] frame) {
        this.frame = frame;
        this.reader = ByteBuffer.wrap(frame);
        reader.position(PREFIX);
        type = reader.get() & 0xFF;
    }

    int type() {
        return type;
    }

    int number() throws IOException {
        need(Integer.BYTES);
        return reader.getInt();
    }

    long longNumber() throws IOException {
        need(Long.BYTES);
        return reader.getLong();
    }

    /** A string, of which the length is believed only as far as the packet reaches. */
    byte[] bytes() throws IOException {
        int length = number();
        need(length);
        byte[] value = new byte[length];
        reader.get(value);
        return value;
    }

    /** Passes over a string, and answers where it begins. */
    int skip() throws IOException {
        int length = number();
        need(length);
        int start = reader.position();
        reader.position(start + length);
        return start;
    }

    int position() {
        return reader.position();
    }

    String text() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    boolean more() {
        return reader.hasRemaining();
    }

    /** Nothing may stand behind what was read: another reader might see another request. */
    Packet end() throws IOException {
        if (reader.hasRemaining()) {
            throw new IOException("an SFTP packet of type " + type + " is longer than it should be");
        }
        return this;
    }

    private void need(int count) throws IOException {
        if (count < 0 || count > reader.remaining()) {
            throw new IOException("an SFTP packet of type " + type + " is shorter than it should be");
        }
    }

    static byte[] status(int id, int code, String text) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(PREFIX + 1 + 4 * Integer.BYTES + message.length);
        out.putInt(out.capacity() - PREFIX)
                .put((byte) STATUS)
                .putInt(id)
                .putInt(code)
                .putInt(message.length)
                .put(message)
                .putInt(0);
        return out.array();
    }

    static byte[] realpath(int id, byte[] path) {
        ByteBuffer out = ByteBuffer.allocate(PREFIX + 1 + 2 * Integer.BYTES + path.length);
        out.putInt(out.capacity() - PREFIX)
                .put((byte) REALPATH)
                .putInt(id)
                .putInt(path.length)
                .put(path);
        return out.array();
    }

    static byte[] init(int version) {
        ByteBuffer out = ByteBuffer.allocate(PREFIX + 1 + Integer.BYTES);
        return out.putInt(1 + Integer.BYTES).put((byte) INIT).putInt(version).array();
    }
}
