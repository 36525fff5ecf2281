package io.sallyport.ssh.target;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Iterator;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway shows to a target.
 *
 * @param key a private key with its public half or certificate, null if there is none
 * @param password a password, null if there is none
 */
record Identity(@Nullable KeyPair key, @Nullable Secret password) {

    static Identity of(Credential credential) throws IOException {
        Secret privateKey = credential.part(Credential.Part.PRIVATE_KEY);
        Secret certificate = credential.part(Credential.Part.CERTIFICATE);
        KeyPair pair = null;
        if (privateKey != null) {
            pair = keyPair(privateKey);
            if (certificate != null) {
                pair = new KeyPair(certificate(certificate), pair.getPrivate());
            }
        }
        return new Identity(pair, credential.part(Credential.Part.PASSWORD));
    }

    private static KeyPair keyPair(Secret secret) throws IOException {
        byte[] bytes = secret.copy();
        try {
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                    null,
                    NamedResource.ofName("credential"),
                    new ByteArrayInputStream(bytes),
                    FilePasswordProvider.EMPTY);
            Iterator<KeyPair> all = pairs == null ? null : pairs.iterator();
            if (all == null || !all.hasNext()) {
                throw new IOException("the credential's private key cannot be read");
            }
            return all.next();
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IOException("the credential's private key cannot be read", e);
        } finally {
            java.util.Arrays.fill(bytes, (byte) 0);
        }
    }

    private static PublicKey certificate(Secret secret) throws IOException {
        try {
            PublicKey key = PublicKeyEntry.parsePublicKeyEntry(secret.reveal().strip())
                    .resolvePublicKey(null, null, PublicKeyEntryResolver.IGNORING);
            if (key != null) {
                return key;
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IOException("the credential's certificate cannot be read", e);
        }
        throw new IOException("the credential's certificate cannot be read");
    }

    void give(ClientSession session) {
        if (key != null) {
            session.addPublicKeyIdentity(key);
        }
        if (password != null) {
            session.addPasswordIdentity(password.reveal());
        }
    }
}
