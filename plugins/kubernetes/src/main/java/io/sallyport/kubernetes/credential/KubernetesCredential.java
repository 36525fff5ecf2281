package io.sallyport.kubernetes.credential;

import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a cluster's credential.
 *
 * @param kubeconfig the file
 * @param context the context in it, null for the current one
 * @param inCluster whether the service account of the gateway's own pod is used
 * @param serviceAccount the account for which every session gets a token of its own
 * @param boundToSecret whether that token ends with the session, see {@link CredentialUse#bound}
 * @param impersonate whether the principal is named to the API server in the credential's place
 */
@Description("The gateway's credential for a cluster, and in whose name its sessions act.")
public record KubernetesCredential(
        @Description("A kubeconfig file with a token or a client certificate.") @Nullable
        Path kubeconfig,

        @Description("The context in the kubeconfig file; its current context if absent.") @Nullable
        String context,

        @Default("false") @Description("Whether to use the service account of the pod in which the gateway runs.")
        boolean inCluster,

        @Description("`NAMESPACE/NAME` of the service account for which each session gets a short token.") @Nullable
        String serviceAccount,

        @Default("false")
        @Description(
                "Whether that token hangs on a Secret which is made for the session and deleted with it, so that the "
                        + "token is worth nothing afterwards. The credential must be allowed to create and delete `secrets` in "
                        + "that namespace. Without it the token ends ten minutes after it was made.")
        boolean boundToSecret,

        @Default("false") @Description("Whether the API server is told the principal's name, by impersonation.")
        boolean impersonate) {

    /** Checks that there is one source and one name. */
    public KubernetesCredential {
        if ((kubeconfig == null) != inCluster) {
            throw new IllegalArgumentException("a credential has a 'kubeconfig', or 'in-cluster: true'");
        }
        if (serviceAccount != null && impersonate) {
            throw new IllegalArgumentException("'service-account' and 'impersonate' exclude each other");
        }
        if (boundToSecret && serviceAccount == null) {
            throw new IllegalArgumentException("'bound-to-secret' belongs to a 'service-account'");
        }
        if (serviceAccount != null && !named(serviceAccount)) {
            throw new IllegalArgumentException("'service-account' is NAMESPACE/NAME");
        }
    }

    private static boolean named(String text) {
        int slash = text.indexOf('/');
        boolean valid = slash > 0 && slash < text.length() - 1 && slash == text.lastIndexOf('/');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            valid &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '/';
        }
        return valid;
    }

    /** What the connector is told to do with the credential, see {@link CredentialUse}. */
    String use() {
        return new CredentialUse(impersonate, serviceAccount, boundToSecret).text();
    }
}
