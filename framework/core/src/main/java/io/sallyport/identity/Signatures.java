package io.sallyport.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/** Which key fits which signature algorithm (RFC 7518, RFC 8037), and whether a signature is good. */
final class Signatures {

    /** Every algorithm that can be accepted: all of them are asymmetric. */
    static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private static final int SMALLEST_RSA = 2048;
    private static final int ED25519_KEY = 32;

    private Signatures() {}

    /** Whether a key may verify an algorithm: its own type, use, operations and algorithm must agree. */
    static boolean fits(JWK key, String algorithm) {
        boolean allowed = (key.getAlgorithm() == null
                        || key.getAlgorithm().getName().equals(algorithm))
                && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
        return allowed && typeFits(key, algorithm);
    }

    private static boolean typeFits(JWK key, String algorithm) {
        if (key instanceof RSAKey rsa) {
            return (algorithm.startsWith("RS") || algorithm.startsWith("PS")) && rsa.size() >= SMALLEST_RSA;
        }
        if (key instanceof ECKey ec) {
            return switch (algorithm) {
                case "ES256" -> ec.getCurve().equals(Curve.P_256);
                case "ES384" -> ec.getCurve().equals(Curve.P_384);
                case "ES512" -> ec.getCurve().equals(Curve.P_521);
                default -> false;
            };
        }
        return key instanceof OctetKeyPair pair
                && algorithm.equals("EdDSA")
                && pair.getCurve().equals(Curve.Ed25519)
                && pair.getDecodedX().length == ED25519_KEY;
    }

    /** Whether the signature over the input is the key's. The key fits the algorithm. */
    static boolean good(JWK key, String algorithm, byte[] input, byte[] signature) {
        try {
            if (key instanceof OctetKeyPair pair) {
                Signature verifier = Signature.getInstance("Ed25519");
                verifier.initVerify(ed25519(pair.getDecodedX()));
                verifier.update(input);
                return verifier.verify(signature);
            }
            JWSHeader header = new JWSHeader(JWSAlgorithm.parse(algorithm));
            Base64URL encoded = Base64URL.encode(signature);
            return key instanceof RSAKey rsa
                    ? new RSASSAVerifier(rsa.toRSAPublicKey()).verify(header, input, encoded)
                    : new ECDSAVerifier(key.toECKey().toECPublicKey()).verify(header, input, encoded);
        } catch (GeneralSecurityException | JOSEException e) {
            return false;
        }
    }

    /** RFC 8032, section 5.1.2: little-endian y, with the sign of x in the top bit. */
    private static PublicKey ed25519(byte[] encoded) throws GeneralSecurityException {
        byte[] bigEndian = new byte[encoded.length];
        for (int i = 0; i < encoded.length; i++) {
            bigEndian[i] = encoded[encoded.length - 1 - i];
        }
        boolean oddX = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7F;
        EdECPoint point = new EdECPoint(oddX, new BigInteger(1, bigEndian));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }
}
