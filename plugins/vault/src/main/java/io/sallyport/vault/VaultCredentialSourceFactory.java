package io.sallyport.vault;

import io.sallyport.api.credential.CredentialSource;
import io.sallyport.api.credential.CredentialSourceFactory;

/** Makes sources that ask a Vault. */
public final class VaultCredentialSourceFactory implements CredentialSourceFactory<VaultConfiguration> {

    /** Without state. */
    public VaultCredentialSourceFactory() {}

    @Override
    public String type() {
        return "vault";
    }

    @Override
    public Class<VaultConfiguration> configType() {
        return VaultConfiguration.class;
    }

    @Override
    public Class<? extends Record> requestType() {
        return VaultCredential.class;
    }

    @Override
    public CredentialSource create(String name, VaultConfiguration config) {
        return new VaultCredentialSource(name, config);
    }
}
