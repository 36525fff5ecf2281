package io.sallyport.ssh.relay;

import org.apache.sshd.common.util.buffer.Buffer;

/**
 * The terminal that a client asks for, see RFC 4254 section 6.2.
 *
 * @param name the value of TERM
 * @param columns its width in characters
 * @param rows its height in characters
 * @param width its width in pixels
 * @param height its height in pixels
 * @param modes the encoded modes, as they came
 */
record Terminal(String name, long columns, long rows, long width, long height, byte[] modes) {

    static Terminal read(Buffer arguments) {
        return new Terminal(
                arguments.getString(),
                arguments.getUInt(),
                arguments.getUInt(),
                arguments.getUInt(),
                arguments.getUInt(),
                arguments.getBytes());
    }

    void write(Buffer request) {
        request.putString(name);
        request.putUInt(columns);
        request.putUInt(rows);
        request.putUInt(width);
        request.putUInt(height);
        request.putBytes(modes);
    }

    /** As it stands in the record. */
    String size() {
        return columns + "x" + rows;
    }
}
