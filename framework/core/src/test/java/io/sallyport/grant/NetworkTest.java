package io.sallyport.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A network of a grant")
class NetworkTest {

    @ParameterizedTest(name = "{0} has {1}: {2}")
    @CsvSource({
        "10.0.0.0/8,           10.255.255.255,       true",
        "10.0.0.0/8,           11.0.0.0,             false",
        "10.0.0.0/8,           9.255.255.255,        false",
        "10.1.2.3/8,           10.200.0.1,           true",
        "192.168.7.128/25,     192.168.7.127,        false",
        "192.168.7.128/25,     192.168.7.128,        true",
        "10.1.2.3,             10.1.2.3,             true",
        "10.1.2.3,             10.1.2.2,             false",
        "0.0.0.0/0,            203.0.113.9,          true",
        "0.0.0.0/0,            2001:db8::1,          false",
        "::/0,                 2001:db8::1,          true",
        "::/0,                 203.0.113.9,          false",
        "2001:db8::/33,        2001:db8:7fff::1,     true",
        "2001:db8::/33,        2001:db8:8000::1,     false",
        "2001:db8::1,          2001:db8::1,          true",
        "2001:db8::1,          2001:db8::2,          false",
        "fe80::/10,            fe80::1,              true"
    })
    @DisplayName("has the addresses whose first bits are its own, in its own family")
    void contains(String network, String client, boolean inside) throws UnknownHostException {
        // Given
        Network range = Network.parse(network);

        // When
        boolean answer = range.contains(InetAddress.getByName(client));

        // Then
        assertEquals(inside, answer);
    }

    @ParameterizedTest(name = "{0} has {1}: {2}")
    @CsvSource({
        "10.0.0.0/8,           ::ffff:10.1.2.3,      true",
        "10.0.0.0/8,           ::ffff:11.1.2.3,      false",
        "::ffff:10.0.0.0/104,  10.1.2.3,             true",
        "::ffff:10.0.0.0/104,  ::ffff:10.1.2.3,      true",
        "::ffff:10.0.0.0/104,  11.1.2.3,             false",
        "::ffff:10.1.2.3,      10.1.2.3,             true",
        "::ffff:10.1.2.3,      10.1.2.4,             false"
    })
    @DisplayName("means the same in IPv4's spelling and in IPv6's spelling of IPv4")
    void mapped(String network, String client, boolean inside) throws UnknownHostException {
        // Given
        Network range = Network.parse(network);

        // When
        boolean answer = range.contains(InetAddress.getByName(client));

        // Then
        assertEquals(inside, answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/",
                "10.0.0/8",
                "10",
                "10.0.0.256",
                "010.0.0.1",
                "a.b.c.d",
                "localhost",
                "db.internal/8",
                "::1/129",
                "::ffff:10.0.0.0/95",
                "fe80::1%eth0/64",
                "10.0.0.0/8/8",
                "١٠.0.0.0/8",
                "*"
            })
    @DisplayName("is nothing else: no name, no range that does not fit, and no name is looked up")
    void malformed(String text) {
        // When
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Network.parse(text));

        // Then
        assertEquals(true, String.valueOf(refused.getMessage()).contains("'" + text + "'"));
    }

    @Test
    @DisplayName("has exactly the addresses between its first and its last one")
    void likeNumbers() throws UnknownHostException {
        // Given
        Random random = new Random(6);
        for (int round = 0; round < 20_000; round++) {
            byte[] base = bytes(random, random.nextBoolean() ? 4 : 16);
            int width = base.length * 8;
            int bits = random.nextInt(width + 1);
            byte[] other = random.nextInt(3) == 0 ? bytes(random, base.length) : base.clone();
            other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
            String spelled = InetAddress.getByAddress(base).getHostAddress() + "/" + bits;

            // When
            boolean inside = Network.parse(spelled).contains(InetAddress.getByAddress(other));

            // Then
            BigInteger size = BigInteger.ONE.shiftLeft(width - bits);
            BigInteger first = new BigInteger(1, base).divide(size).multiply(size);
            BigInteger asked = new BigInteger(1, other);
            boolean expected = asked.compareTo(first) >= 0 && asked.compareTo(first.add(size)) < 0;
            assertEquals(expected, inside, spelled);
        }
    }

    /** No address that Java shows in another family. */
    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] |= 1;
        return bytes;
    }
}
