package io.sallyport.kubernetes.credential;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.Credential.Part;
import io.sallyport.api.credential.CredentialRequest;
import io.sallyport.api.credential.CredentialSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Reads credentials of clusters, afresh for each session, so that a rotated file is taken up. */
final class KubernetesCredentialSource implements CredentialSource {

    private static final Path POD = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    KubernetesCredentialSource() {}

    @Override
    public Credential credential(CredentialRequest request) throws IOException {
        KubernetesCredential options = (KubernetesCredential) request.options();
        Path kubeconfig = options.kubeconfig();
        Map<Part, Secret> parts =
                kubeconfig == null ? pod() : Kubeconfig.read(kubeconfig).parts(options.context());
        parts.put(Part.USE, Secret.of(options.use()));
        return Credential.of(null, parts, () -> {});
    }

    private static Map<Part, Secret> pod() throws IOException {
        Map<Part, Secret> parts = new EnumMap<>(Part.class);
        parts.put(Part.TOKEN, Secret.of(Files.readString(POD.resolve("token")).strip()));
        parts.put(Part.AUTHORITIES, Secret.of(Files.readAllBytes(POD.resolve("ca.crt"))));
        return parts;
    }
}
