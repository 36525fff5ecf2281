package io.sallyport.target;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.CredentialRequest;
import io.sallyport.api.credential.CredentialSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The built-in source: a credential that the configuration itself gives by reference. What it refers to is read for each
 * session, so that a secret is changed by writing its file.
 */
public final class StaticCredentialSource implements CredentialSource {

    @Override
    public Credential credential(CredentialRequest request) {
        StaticCredential options = (StaticCredential) request.options();
        String asked = request.account();
        if (asked != null && options.user() != null && !asked.equals(options.user())) {
            throw new IllegalArgumentException("target " + request.target() + " has a credential for account "
                    + options.user() + " only, not for " + asked);
        }
        Map<Credential.Part, Secret> parts = new EnumMap<>(Credential.Part.class);
        copy(parts, Credential.Part.PASSWORD, options.password());
        copy(parts, Credential.Part.PRIVATE_KEY, options.privateKey());
        copy(parts, Credential.Part.CERTIFICATE, options.certificate());
        copy(parts, Credential.Part.TOKEN, options.token());
        return Credential.of(options.user(), parts, () -> {});
    }

    /** The session wipes what it is given when it ends. */
    private static void copy(
            Map<Credential.Part, Secret> parts, Credential.Part part, @Nullable Supplier<Secret> reference) {
        if (reference != null) {
            try (Secret secret = reference.get()) {
                parts.put(part, Secret.of(secret.copy()));
            }
        }
    }
}
