package io.sallyport.sink.webhook;

import io.sallyport.api.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures as the Standard Webhooks specification has them: {@code v1,} and the HMAC-SHA-256, in Base64, of the message's
 * id, a dot, the time in seconds, a dot, and the body.
 */
final class Signature {

    private static final String PREFIX = "whsec_";

    private Signature() {}

    /** The value of the header {@code webhook-signature}. */
    static String of(Secret secret, String id, long seconds, byte[] body) {
        byte[] key = key(secret);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] key(Secret secret) {
        byte[] stated = secret.copy();
        byte[] prefix = PREFIX.getBytes(StandardCharsets.US_ASCII);
        if (stated.length < prefix.length || Arrays.mismatch(stated, prefix) != prefix.length) {
            return stated;
        }
        byte[] encoded = Arrays.copyOfRange(stated, prefix.length, stated.length);
        Arrays.fill(stated, (byte) 0);
        try {
            return Base64.getDecoder().decode(encoded);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }
}
