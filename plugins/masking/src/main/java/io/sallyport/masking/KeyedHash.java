package io.sallyport.masking;

import io.sallyport.api.config.Secret;
import io.sallyport.api.guardrail.Mask;
import io.sallyport.masking.detect.Detector;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 (RFC 2104), cut to 80 bits and spelled in letters. Findings are hashed without what people vary: the separators
 * of numbers and the case of addresses, so that equal ones stay equal.
 */
final class KeyedHash implements Replacement {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PREFIX = "hash-".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES = 10;

    private final SecretKeySpec key;

    private KeyedHash(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        Arrays.fill(key, (byte) 0);
    }

    /** With a key of this process alone. */
    static KeyedHash random() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new KeyedHash(key);
    }

    /** With a key that several gateways may share. */
    static KeyedHash with(Secret key) {
        return new KeyedHash(key.copy());
    }

    @Override
    public void write(Detector detector, byte[] value, int start, int end, Mask.Sink sink) {
        byte[] plain =
                switch (detector) {
                    case CREDIT_CARD, IBAN, US_SSN -> withoutSeparators(value, start, end);
                    case EMAIL -> lowerCase(value, start, end);
                    case JWT, PRIVATE_KEY, AWS_ACCESS_KEY -> Arrays.copyOfRange(value, start, end);
                };
        write(plain, 0, plain.length, sink);
    }

    /** Writes the hash of any bytes. */
    void write(byte[] value, int offset, int length, Mask.Sink sink) {
        byte[] digest = digest(value, offset, length);
        byte[] text = Arrays.copyOf(PREFIX, PREFIX.length + 2 * BYTES);
        for (int i = 0; i < BYTES; i++) {
            text[PREFIX.length + 2 * i] = (byte) ('a' + ((digest[i] >> 4) & 0xf));
            text[PREFIX.length + 2 * i + 1] = (byte) ('a' + (digest[i] & 0xf));
        }
        sink.write(text, 0, text.length);
    }

    private byte[] digest(byte[] value, int offset, int length) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(value, offset, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
        }
    }

    private static byte[] withoutSeparators(byte[] value, int start, int end) {
        byte[] plain = new byte[end - start];
        int length = 0;
        int position = start;
        while (position < end) {
            int escape = Stars.escape(value, position, end);
            if (escape > 0) {
                position += escape;
                continue;
            }
            if (Stars.alphanumeric(value[position] & 0xff)) {
                plain[length++] = value[position];
            }
            position++;
        }
        byte[] exact = Arrays.copyOf(plain, length);
        Arrays.fill(plain, (byte) 0);
        return lowerCase(exact, 0, length);
    }

    private static byte[] lowerCase(byte[] value, int start, int end) {
        byte[] lower = Arrays.copyOfRange(value, start, end);
        for (int i = 0; i < lower.length; i++) {
            lower[i] += lower[i] >= 'A' && lower[i] <= 'Z' ? (byte) 0x20 : 0;
        }
        return lower;
    }
}
