package io.sallyport.vault.ssh;

import io.sallyport.api.credential.Credential;
import io.sallyport.vault.http.VaultFailure;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * A user certificate for a session's key, in the form of OpenSSH's PROTOCOL.certkeys.
 *
 * @param line the certificate as one line
 * @param from from when it is good
 * @param until until when it is good
 */
public record SignedKey(String line, Instant from, Instant until) {

    private static final String TYPE = "ssh-ed25519-cert-v01@openssh.com";
    private static final int USER = 1;

    /**
     * Reads what Vault signed; its signature is the target's to check.
     *
     * @throws VaultFailure if it is for another key, for anybody but the account, or no user certificate
     */
    public static SignedKey read(String signed, SessionKey key, String account) throws VaultFailure {
        String line = signed.strip();
        try {
            String[] words = line.split(" ", 3);
            ByteBuffer blob = ByteBuffer.wrap(Base64.getDecoder().decode(words[1]));
            boolean type = words[0].equals(TYPE) && Wire.text(blob).equals(TYPE);
            Wire.string(blob);
            boolean ours = Arrays.equals(Wire.string(blob), key.point());
            blob.getLong();
            boolean user = blob.getInt() == USER;
            Wire.string(blob);
            ByteBuffer principals = ByteBuffer.wrap(Wire.string(blob));
            boolean named = Wire.text(principals).equals(account) && !principals.hasRemaining();
            Instant from = Instant.ofEpochSecond(Math.max(0, blob.getLong()));
            long until = blob.getLong();
            if (type && ours && user && named && until > 0) {
                return new SignedKey(line, from, Instant.ofEpochSecond(until));
            }
        } catch (RuntimeException e) {
            throw new VaultFailure("the certificate that Vault signed cannot be read; check the role's type");
        }
        throw new VaultFailure("Vault signed a certificate that is not a user's, not for '" + account
                + "' alone, without an end, or for another key; check the role");
    }

    /** It opens sessions until it ends; those that are open go on. */
    public Credential.Lease lease() {
        return new Credential.Lease() {
            @Override
            public void giveBack() {
                // A certificate cannot be revoked: it ends by itself.
            }

            @Override
            public boolean fresh() {
                return Instant.now().isBefore(until);
            }
        };
    }
}
