package io.sallyport.kubernetes.credential;

import io.sallyport.api.credential.CredentialSource;
import io.sallyport.api.credential.CredentialSourceFactory;

/** Makes the source that clusters use when a target's credential names no other. */
public final class KubernetesCredentialSourceFactory
        implements CredentialSourceFactory<KubernetesCredentialSourceFactory.Nothing> {

    /** Without state. */
    public KubernetesCredentialSourceFactory() {}

    @Override
    public String type() {
        return "kubernetes";
    }

    @Override
    public Class<Nothing> configType() {
        return Nothing.class;
    }

    @Override
    public Class<? extends Record> requestType() {
        return KubernetesCredential.class;
    }

    @Override
    public CredentialSource create(String name, Nothing config) {
        return new KubernetesCredentialSource();
    }

    /** The source's own configuration: there is nothing to say. */
    public record Nothing() {}
}
