package io.sallyport.target;

import io.sallyport.api.config.Description;
import io.sallyport.api.config.Secret;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A credential that the configuration itself gives, by reference to a file or a variable.
 *
 * @param user the account that it belongs to; null where the target knows the account by the secret
 * @param password a password; each secret is read anew for each session
 * @param privateKey a private key in PEM or OpenSSH form
 * @param certificate a certificate for the private key
 * @param token a bearer token
 */
@Description("A credential that the configuration itself gives: `credential:` without `source:`.")
public record StaticCredential(
        @Description("The account on the target.") @Nullable String user,

        @Description("Its password, by reference: `\"${file:/run/secrets/app}\"`.") @Nullable
        Supplier<Secret> password,

        @Description("Its private key in PEM or OpenSSH form, by reference.") @Nullable
        Supplier<Secret> privateKey,

        @Description("A certificate for the private key, by reference.") @Nullable
        Supplier<Secret> certificate,

        @Description("A bearer token, by reference.") @Nullable
        Supplier<Secret> token) {

    /** Checks that there is something to show to the target; a target that trusts the gateway needs a user only. */
    public StaticCredential {
        if (user == null && password == null && privateKey == null && token == null) {
            throw new IllegalArgumentException("a credential has a source, or a user, password, private-key or token");
        }
        if (certificate != null && privateKey == null) {
            throw new IllegalArgumentException("a certificate needs its private-key");
        }
    }
}
