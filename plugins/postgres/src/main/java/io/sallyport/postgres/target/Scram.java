package io.sallyport.postgres.target;

import io.sallyport.netty.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of SCRAM-SHA-256 (RFC 5802, RFC 7677), one exchange, bound to its channel where that can be
 * ({@link ChannelBinding}). The expensive step, the salted password, is the caller's, who keeps it: {@link Keys}.
 */
final class Scram {

    static final String MECHANISM = "SCRAM-SHA-256";
    static final String BOUND_MECHANISM = "SCRAM-SHA-256-PLUS";

    private static final int NONCE_BYTES = 18;
    private static final int MOST_ITERATIONS = 1_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ChannelBinding binding;
    private final String nonce;
    private String serverFirst = "";
    private String serverNonce = "";
    private byte @Nullable [] expectedSignature;

    Scram(ChannelBinding binding) {
        this.binding = binding;
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        nonce = Base64.getEncoder().encodeToString(bytes);
    }

    /** The mechanism by its name. */
    String mechanism() {
        return binding.isBound() ? BOUND_MECHANISM : MECHANISM;
    }

    /** The client's first message. PostgreSQL takes the user from the startup message. */
    byte[] first() {
        return (binding.header() + firstBare()).getBytes(StandardCharsets.UTF_8);
    }

    private String firstBare() {
        return "n=,r=" + nonce;
    }

    /** Reads the server's first message. */
    Challenge challenge(byte[] message) {
        serverFirst = new String(message, StandardCharsets.UTF_8);
        String salt = "";
        int iterations = 0;
        for (String part : serverFirst.split(",", -1)) {
            if (part.startsWith("r=")) {
                serverNonce = part.substring(2);
            } else if (part.startsWith("s=")) {
                salt = part.substring(2);
            } else if (part.startsWith("i=")) {
                iterations = number(part.substring(2));
            }
        }
        if (!serverNonce.startsWith(nonce)
                || serverNonce.length() == nonce.length()
                || salt.isEmpty()
                || iterations < 1) {
            throw new ProtocolException("the target's SCRAM challenge is not valid");
        }
        try {
            return new Challenge(Base64.getDecoder().decode(salt), iterations);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("the target's SCRAM challenge is not valid");
        }
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            return number <= MOST_ITERATIONS ? number : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The client's last message. */
    byte[] last(Keys keys) {
        String withoutProof = "c=" + Base64.getEncoder().encodeToString(binding.input()) + ",r=" + serverNonce;
        byte[] signed = (firstBare() + "," + serverFirst + "," + withoutProof).getBytes(StandardCharsets.UTF_8);
        byte[] proof = hmac(sha256(keys.client), signed);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= keys.client[i];
        }
        expectedSignature = hmac(keys.server, signed);
        return (withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof)).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the server has proved that it knows the password too. */
    boolean proves(byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        byte[] expected = expectedSignature;
        if (expected == null || !text.startsWith("v=")) {
            return false;
        }
        try {
            return MessageDigest.isEqual(expected, Base64.getDecoder().decode(text.substring(2)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Derives the keys; takes milliseconds. */
    static Keys derive(byte[] password, Challenge challenge) {
        Mac mac = mac(password.length == 0 ? new byte[1] : password);
        mac.update(challenge.salt);
        byte[] block = mac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] salted = block.clone();
        for (int i = 1; i < challenge.iterations; i++) {
            block = mac.doFinal(block);
            for (int j = 0; j < salted.length; j++) {
                salted[j] ^= block[j];
            }
        }
        return new Keys(
                hmac(salted, "Client Key".getBytes(StandardCharsets.US_ASCII)),
                hmac(salted, "Server Key".getBytes(StandardCharsets.US_ASCII)));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, byte[] bytes) {
        return mac(key).doFinal(bytes);
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What the server asks.
     *
     * @param salt the salt
     * @param iterations the iterations
     */
    record Challenge(byte[] salt, int iterations) {}

    /**
     * What a password comes to for one salt.
     *
     * @param client the client key
     * @param server the server key
     */
    record Keys(byte[] client, byte[] server) {}
}
