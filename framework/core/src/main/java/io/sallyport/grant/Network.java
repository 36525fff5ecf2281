package io.sallyport.grant;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3).
 *
 * @param address the first address
 * @param bits how many leading bits are fixed
 */
public record Network(InetAddress address, int bits) {

    private static final int FOUR_BITS = 32;
    private static final int SIX_BITS = 128;

    /**
     * Reads the notation; a single address stands for itself. An IPv4 address in IPv6's spelling ({@code ::ffff:10.0.0.0/104})
     * means the IPv4 network, since that is how such clients are seen.
     *
     * @throws IllegalArgumentException if it is not one; no name is ever looked up
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        boolean six = host.indexOf(':') >= 0;
        if (six ? !host.chars().allMatch(Network::spellsSix) : !isFour(host)) {
            throw noNetwork(text, null);
        }
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw noNetwork(text, e);
        }
        int width = six ? SIX_BITS : FOUR_BITS;
        int bits = slash < 0 ? width : prefix(text, text.substring(slash + 1));
        int mapped = six && address.getAddress().length * Byte.SIZE == FOUR_BITS ? SIX_BITS - FOUR_BITS : 0;
        if (bits > width || bits < mapped) {
            throw new IllegalArgumentException("'" + text + "' has a prefix that does not fit its address");
        }
        return new Network(address, bits - mapped);
    }

    private static boolean spellsSix(int c) {
        return (Character.digit(c, 16) >= 0 && c < 128) || c == '.' || c == ':';
    }

    /** Four decimal numbers without leading zeros, which some programs read as octal. */
    private static boolean isFour(String host) {
        String[] octets = host.split("\\.", -1);
        for (String octet : octets) {
            boolean number = !octet.isEmpty()
                    && octet.length() <= 3
                    && octet.chars().allMatch(c -> c >= '0' && c <= '9')
                    && (octet.length() == 1 || octet.charAt(0) != '0');
            if (!number || Integer.parseInt(octet) > 255) {
                return false;
            }
        }
        return octets.length == 4;
    }

    private static int prefix(String text, String digits) {
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw noNetwork(text, null);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException noNetwork(String text, @Nullable Exception cause) {
        return new IllegalArgumentException("'" + text + "' is not a network such as 10.0.0.0/8", cause);
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
