package io.sallyport.vault;

import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.credential.CredentialSourceFactory;
import java.util.List;

/** Offers the credential source {@code vault}. */
public final class VaultPlugin implements SallyportPlugin {

    /** For the gateway, which finds this class as a service. */
    public VaultPlugin() {}

    @Override
    public List<CredentialSourceFactory<?>> credentialSources() {
        return List.of(new VaultCredentialSourceFactory());
    }
}
