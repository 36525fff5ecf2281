package io.sallyport.grant;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3).
 *
 * @param address the first address
 * @param bits how many leading bits are fixed
 */
public record Network(InetAddress address, int bits) {

    /**
     * Reads the notation; a single address stands for itself.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        boolean numeric = !host.isEmpty()
                && host.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':')
                && (host.indexOf(':') >= 0 || host.chars().filter(c -> c == '.').count() == 3);
        try {
            if (!numeric) {
                throw new IllegalArgumentException("'" + text + "' is not a network such as 10.0.0.0/8");
            }
            InetAddress address = InetAddress.getByName(host);
            int width = address.getAddress().length * 8;
            int bits = slash < 0 ? width : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > width) {
                throw new IllegalArgumentException("'" + text + "' has a prefix longer than its address");
            }
            return new Network(address, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a network such as 10.0.0.0/8", e);
        }
    }

    /** Whether the address lies in this network. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit & 7);
            if (((mine[bit >> 3] ^ theirs[bit >> 3]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
