package io.sallyport.kubernetes.credential;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** What the credential source reads from a kubeconfig, for tests of the data path. */
public final class KubeconfigCredentials {

    private KubeconfigCredentials() {}

    public static Map<Part, Secret> read(Path kubeconfig, String use) {
        try {
            Map<Part, Secret> parts = Kubeconfig.read(kubeconfig).parts(null);
            parts.put(Part.USE, Secret.of(use));
            return parts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
