package io.sallyport.ssh.transport;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BaseCipher;
import org.apache.sshd.common.cipher.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * AES-GCM (RFC 5647) that decrypts into a buffer of its own and copies back: the JDK decrypts in place at less than half the
 * speed, since it must keep the text until its tag is verified.
 *
 * <p>The nonce counts packets from its last eight bytes on; it never comes back to where it began (section 7.1).
 */
final class SpaciousGcm extends BaseCipher {

    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int BLOCK = 16;
    private static final int SMALLEST = 1024;
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";

    private byte[] nonce = new byte[NONCE];
    private byte[] plain = new byte[SMALLEST];
    private long first;
    private @Nullable Key key;
    private boolean begun;

    private SpaciousGcm(int keyBits) {
        super(NONCE, TAG, keyBits / Byte.SIZE, "AES", keyBits, TRANSFORMATION, BLOCK);
    }

    /** Makes ciphers with keys of a length. */
    static NamedFactory<Cipher> factory(int keyBits) {
        return new NamedFactory<>() {
            @Override
            public String getName() {
                return "aes" + keyBits + "-gcm@openssh.com";
            }

            @Override
            public Cipher create() {
                return new SpaciousGcm(keyBits);
            }
        };
    }

    @Override
    protected javax.crypto.Cipher createCipherInstance(Mode direction, byte[] secret, byte[] start)
            throws GeneralSecurityException {
        mode = direction;
        key = new SecretKeySpec(secret, "AES");
        nonce = start.clone();
        first = counter().getLong();
        begun = false;
        return javax.crypto.Cipher.getInstance(TRANSFORMATION);
    }

    private ByteBuffer counter() {
        return ByteBuffer.wrap(nonce, NONCE - Long.BYTES, Long.BYTES);
    }

    /** The cipher for the packet at hand. */
    private javax.crypto.Cipher packet() throws GeneralSecurityException {
        javax.crypto.Cipher cipher = getCipherInstance();
        if (!begun) {
            begun = true;
            int direction = mode == Mode.Encrypt ? javax.crypto.Cipher.ENCRYPT_MODE : javax.crypto.Cipher.DECRYPT_MODE;
            cipher.init(direction, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
        }
        return cipher;
    }

    @Override
    public void updateAAD(byte[] data, int offset, int length) throws GeneralSecurityException {
        packet().updateAAD(data, offset, length);
    }

    @Override
    public void update(byte[] data, int offset, int length) throws GeneralSecurityException {
        if (mode == Mode.Encrypt) {
            packet().doFinal(data, offset, length, data, offset);
        } else {
            decrypt(data, offset, length);
        }
        begun = false;
        long next = counter().getLong() + 1;
        if (next == first) {
            throw new GeneralSecurityException("the key has no nonce left");
        }
        counter().putLong(next);
    }

    private void decrypt(byte[] data, int offset, int length) throws GeneralSecurityException {
        if (plain.length < length + TAG) {
            plain = Arrays.copyOf(plain, Math.max(length + TAG, 2 * plain.length));
        }
        int got = packet().doFinal(data, offset, length + TAG, plain, 0);
        if (got != length) {
            throw new GeneralSecurityException("a packet of " + length + " bytes was decrypted to " + got);
        }
        System.arraycopy(plain, 0, data, offset, length);
    }
}
