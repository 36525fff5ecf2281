package io.sallyport.ssh.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("AES-GCM with a buffer of its own")
final class SpaciousGcmTest {

    private static final int LENGTH = 4;
    private static final int TAG = 16;
    private static final int NONCE = 12;

    private static Cipher cipher(NamedFactory<Cipher> factory, Cipher.Mode mode, byte[] nonce) throws Exception {
        Cipher cipher = factory.create();
        byte[] key = new byte[cipher.getKdfSize()];
        Arrays.fill(key, (byte) 7);
        cipher.init(mode, key, nonce.clone());
        return cipher;
    }

    private static byte[] packet(int length, int seed) {
        byte[] packet = new byte[LENGTH + length + TAG];
        new Random(seed).nextBytes(packet);
        return packet;
    }

    private static void pass(Cipher cipher, byte[] packet) throws Exception {
        cipher.updateAAD(packet, 0, LENGTH);
        cipher.update(packet, LENGTH, packet.length - LENGTH - TAG);
    }

    private static byte[] text(byte[] packet) {
        return Arrays.copyOf(packet, packet.length - TAG);
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 256})
    @DisplayName("packets of any size are read as the library writes them, and written as it reads them")
    void agrees(int bits) throws Exception {
        // Given
        NamedFactory<Cipher> own = SpaciousGcm.factory(bits);
        NamedFactory<Cipher> library = bits == 128 ? BuiltinCiphers.aes128gcm : BuiltinCiphers.aes256gcm;
        byte[] nonce = {0, 1, 2, 3, -1, -1, -1, -1, -1, -1, -1, -2};
        Cipher there = cipher(library, Cipher.Mode.Encrypt, nonce);
        Cipher here = cipher(own, Cipher.Mode.Decrypt, nonce);
        Cipher back = cipher(own, Cipher.Mode.Encrypt, nonce);
        Cipher again = cipher(library, Cipher.Mode.Decrypt, nonce);
        for (int length : new int[] {16, 32, 32_768, 1_024, 262_144, 16}) {
            byte[] packet = packet(length, length);
            byte[] expected = text(packet);

            // When
            pass(there, packet);
            pass(here, packet);

            // Then
            assertArrayEquals(expected, text(packet));

            // When
            pass(back, packet);
            pass(again, packet);

            // Then
            assertArrayEquals(expected, text(packet));
        }
    }

    @Test
    @DisplayName("the names are those by which the library knows them")
    void names() {
        assertEquals(
                BuiltinCiphers.aes128gcm.getName(), SpaciousGcm.factory(128).getName());
        assertEquals(
                BuiltinCiphers.aes256gcm.getName(), SpaciousGcm.factory(256).getName());
    }

    @Test
    @DisplayName("nothing of a packet that was changed is handed on")
    void changed() throws Exception {
        // Given
        byte[] packet = packet(64, 1);
        pass(cipher(SpaciousGcm.factory(128), Cipher.Mode.Encrypt, new byte[NONCE]), packet);
        packet[LENGTH + 3] ^= 1;
        byte[] sent = packet.clone();
        Cipher here = cipher(SpaciousGcm.factory(128), Cipher.Mode.Decrypt, new byte[NONCE]);

        // When
        assertThrows(AEADBadTagException.class, () -> pass(here, packet));

        // Then
        assertArrayEquals(sent, packet);
    }

    @Test
    @DisplayName("a length that was changed is noticed too")
    void length() throws Exception {
        // Given
        byte[] packet = packet(64, 2);
        pass(cipher(SpaciousGcm.factory(128), Cipher.Mode.Encrypt, new byte[NONCE]), packet);
        packet[0] ^= 1;
        Cipher here = cipher(SpaciousGcm.factory(128), Cipher.Mode.Decrypt, new byte[NONCE]);

        // When, Then
        assertThrows(GeneralSecurityException.class, () -> pass(here, packet));
    }
}
