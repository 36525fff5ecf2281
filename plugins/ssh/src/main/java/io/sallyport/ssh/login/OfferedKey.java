package io.sallyport.ssh.login;

import io.sallyport.api.principal.Evidence;
import io.sallyport.ssh.transport.ServerEnd;
import java.io.IOException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * A public key or certificate that a client shows, see RFC 4252 section 7.
 *
 * @param algorithm the algorithm of the signature, as the client names it
 * @param blob the key as it came
 * @param key the key, null if it cannot be read
 * @param signature what proves possession, null if the key is only offered
 * @param refusal why it is not accepted, null if it is
 */
record OfferedKey(
        String algorithm,
        byte[] blob,
        @Nullable PublicKey key,
        byte @Nullable [] signature,
        @Nullable String refusal) {

    private static final int SMALLEST_RSA = 2048;

    static OfferedKey read(Buffer buffer, Entrance entrance) {
        boolean signed = buffer.getBoolean();
        String algorithm = buffer.getString();
        byte[] blob = buffer.getBytes();
        byte[] signature = signed ? buffer.getBytes() : null;
        PublicKey key;
        try {
            key = new ByteArrayBuffer(blob).getRawPublicKey();
        } catch (Exception e) {
            return new OfferedKey(algorithm, blob, null, signature, "the key cannot be read");
        }
        String refusal = refusal(key, algorithm, entrance);
        return new OfferedKey(algorithm, blob, key, signature, refusal);
    }

    private static @Nullable String refusal(PublicKey key, String algorithm, Entrance entrance) {
        List<NamedFactory<Signature>> known = ServerEnd.signatures();
        if (known.stream().noneMatch(factory -> factory.getName().equals(algorithm))) {
            return "the algorithm is not accepted";
        }
        if (!KeyUtils.getCanonicalKeyType(algorithm).equals(KeyUtils.getKeyType(key))) {
            return "the algorithm is not the key's";
        }
        if (key instanceof OpenSshCertificate certificate) {
            return certificateRefusal(certificate, entrance);
        }
        return weak(key) ? "the key is too short" : null;
    }

    private static boolean weak(@Nullable PublicKey key) {
        return key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < SMALLEST_RSA;
    }

    private static @Nullable String certificateRefusal(OpenSshCertificate certificate, Entrance entrance) {
        PublicKey authority = entrance.authority();
        Instant now = entrance.context().clock().instant();
        if (authority == null || !KeyUtils.compareKeys(authority, certificate.getCaPubKey())) {
            return "the certificate is of another authority";
        }
        if (certificate.getType() != OpenSshCertificate.Type.USER || weak(certificate.getCertPubKey())) {
            return "not a user's certificate";
        }
        if (!OpenSshCertificate.isValidAt(certificate, now)) {
            return "the certificate is not valid now";
        }
        return certificate.getCriticalOptions().isEmpty() ? null : "the certificate has options that are not known";
    }

    boolean signed() {
        return signature != null;
    }

    /** Tells the client that a signature by the key would do. */
    void accept(ServerSession client) throws IOException {
        Buffer message = client.createBuffer(SshConstants.SSH_MSG_USERAUTH_PK_OK, blob.length + algorithm.length() + 8);
        message.putString(algorithm);
        message.putBytes(blob);
        client.writePacket(message);
    }

    /** Whether the client has the private key, and the authority has signed the certificate if it is one. */
    boolean proves(ServerSession client, String user) {
        byte[] proof = signature;
        if (proof == null || key == null) {
            return false;
        }
        try {
            PublicKey signer = key;
            if (key instanceof OpenSshCertificate certificate) {
                if (!authentic(client, certificate)) {
                    return false;
                }
                signer = certificate.getCertPubKey();
            }
            Buffer signed = new ByteArrayBuffer();
            signed.putBytes(client.getSessionId());
            signed.putByte(SshConstants.SSH_MSG_USERAUTH_REQUEST);
            signed.putString(user);
            signed.putString(ServerEnd.connectionName());
            signed.putString("publickey");
            signed.putBoolean(true);
            signed.putString(algorithm);
            signed.putBytes(blob);
            return verifies(client, algorithm, signer, signed.getCompactData(), proof);
        } catch (Exception e) {
            return false;
        }
    }

    private static boolean authentic(ServerSession client, OpenSshCertificate certificate) throws Exception {
        String signatureAlgorithm = certificate.getSignatureAlgorithm();
        PublicKey authority = certificate.getCaPubKey();
        return KeyUtils.getKeyType(authority).equals(KeyUtils.getCanonicalKeyType(signatureAlgorithm))
                && verifies(
                        client, signatureAlgorithm, authority, certificate.getMessage(), certificate.getSignature());
    }

    private static boolean verifies(
            ServerSession client, String algorithm, PublicKey signer, byte[] signed, byte[] proof) throws Exception {
        Signature verifier = NamedFactory.create(ServerEnd.signatures(), algorithm);
        if (verifier == null) {
            return false;
        }
        verifier.initVerifier(client, signer);
        verifier.update(client, signed);
        return verifier.verify(client, proof);
    }

    Evidence evidence() {
        if (key instanceof OpenSshCertificate certificate) {
            return new Evidence.Certificate(certificate.getId());
        }
        return new Evidence.Key(KeyUtils.getFingerPrint(BuiltinDigests.sha256, key));
    }
}
