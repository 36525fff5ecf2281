package io.sallyport.identity;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A key of a test issuer, and tokens signed with it by the JDK's own signatures. */
record SigningKey(String kid, String algorithm, KeyPair pair) {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static SigningKey rsa(String kid) {
        return new SigningKey(kid, "RS256", generate("RSA", null));
    }

    static SigningKey ec(String kid) {
        return new SigningKey(kid, "ES256", generate("EC", "secp256r1"));
    }

    static SigningKey ed25519(String kid) {
        return new SigningKey(kid, "EdDSA", generate("Ed25519", null));
    }

    SigningKey with(String otherAlgorithm) {
        return new SigningKey(kid, otherAlgorithm, pair);
    }

    /** A token with these claims, as JSON. */
    String token(String claims) {
        return token("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\",\"typ\":\"JWT\"}", claims);
    }

    /** A token with this header and these claims, as JSON. */
    String token(String header, String claims) {
        String input =
                encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(claims.getBytes(StandardCharsets.UTF_8));
        return input + "." + encode(sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The public key as JSON. */
    String jwk() {
        return jwk("\"use\":\"sig\",\"kid\":\"" + kid + "\"");
    }

    /** The public key as JSON with other members. */
    String jwk(String members) {
        String key;
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            key = new RSAKey.Builder(rsa).build().toJSONString();
        } else if (pair.getPublic() instanceof ECPublicKey ec) {
            key = new ECKey.Builder(Curve.P_256, ec).build().toJSONString();
        } else {
            key = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + encode(raw((EdECPublicKey) pair.getPublic()))
                    + "\"}";
        }
        return key.substring(0, key.length() - 1) + "," + members + "}";
    }

    static String encode(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }

    private byte[] sign(byte[] input) {
        try {
            Signature signature = Signature.getInstance(
                    switch (algorithm) {
                        case "RS256" -> "SHA256withRSA";
                        case "PS256" -> "RSASSA-PSS";
                        case "ES256" -> "SHA256withECDSAinP1363Format";
                        default -> "Ed25519";
                    });
            if (algorithm.equals("PS256")) {
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signature.initSign(pair.getPrivate());
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** RFC 8032, section 5.1.2. */
    private static byte[] raw(EdECPublicKey key) {
        byte[] bytes = new byte[32];
        BigInteger y = key.getPoint().getY();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = y.shiftRight(8 * i).byteValue();
        }
        if (key.getPoint().isXOdd()) {
            bytes[31] |= (byte) 0x80;
        }
        return bytes;
    }

    private static KeyPair generate(String algorithm, @Nullable String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (curve != null) {
                generator.initialize(new ECGenParameterSpec(curve));
            } else if (algorithm.equals("RSA")) {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
