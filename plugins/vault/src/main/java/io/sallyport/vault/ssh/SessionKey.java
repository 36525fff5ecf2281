package io.sallyport.vault.ssh;

import io.sallyport.api.config.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * An Ed25519 key that is made for one session and lives as long.
 *
 * <p>Formats: public keys as RFC 8709 section 4 has them; private keys as OpenSSH's PROTOCOL.key has them, not encrypted.
 */
public final class SessionKey {

    private static final String TYPE = "ssh-ed25519";
    private static final int POINT = 32;
    private static final int BLOCK = 8;

    private final byte[] point;
    private final Secret pem;

    private SessionKey(byte[] point, Secret pem) {
        this.point = point;
        this.pem = pem;
    }

    /** A new one. */
    public static SessionKey make() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - POINT, encoded.length);
        byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        try {
            return new SessionKey(point, pem(point, seed));
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** The public half in the form of an {@code authorized_keys} line. */
    public String authorizedKey() {
        return TYPE + " " + Base64.getEncoder().encodeToString(blob(point));
    }

    /** The private half, whose owner wipes it. */
    public Secret pem() {
        return pem;
    }

    byte[] point() {
        return point.clone();
    }

    private static byte[] blob(byte[] point) {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        Wire.string(blob, TYPE);
        Wire.string(blob, point);
        return blob.toByteArray();
    }

    private static Secret pem(byte[] point, byte[] seed) {
        byte[] inner = inner(point, seed);
        ByteArrayOutputStream outer = new ByteArrayOutputStream();
        outer.writeBytes("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
        Wire.string(outer, "none");
        Wire.string(outer, "none");
        Wire.string(outer, "");
        Wire.number(outer, 1);
        Wire.string(outer, blob(point));
        Wire.string(outer, inner);
        byte[] bytes = outer.toByteArray();
        byte[] base64 = Base64.getMimeEncoder(70, new byte[] {'\n'}).encode(bytes);
        ByteArrayOutputStream pem = new ByteArrayOutputStream();
        pem.writeBytes("-----BEGIN OPENSSH PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII));
        pem.writeBytes(base64);
        pem.writeBytes("\n-----END OPENSSH PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII));
        byte[] text = pem.toByteArray();
        try {
            return Secret.of(text);
        } finally {
            Arrays.fill(inner, (byte) 0);
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(base64, (byte) 0);
            Arrays.fill(text, (byte) 0);
        }
    }

    private static byte[] inner(byte[] point, byte[] seed) {
        int check = new SecureRandom().nextInt();
        byte[] both = Arrays.copyOf(seed, seed.length + point.length);
        System.arraycopy(point, 0, both, seed.length, point.length);
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        Wire.number(inner, check);
        Wire.number(inner, check);
        Wire.string(inner, TYPE);
        Wire.string(inner, point);
        Wire.string(inner, both);
        Wire.string(inner, "");
        for (int pad = 1; inner.size() % BLOCK != 0; pad++) {
            inner.write(pad);
        }
        Arrays.fill(both, (byte) 0);
        return inner.toByteArray();
    }
}
