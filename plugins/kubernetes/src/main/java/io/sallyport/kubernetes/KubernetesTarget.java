package io.sallyport.kubernetes;

import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a target that this connector reads.
 *
 * @param tls how the API server is verified
 */
@Description("A Kubernetes API server.")
public record KubernetesTarget(
        @Default("{}") @Description("How the API server is verified; it always is.")
        TargetTls tls) {

    /**
     * How the API server is verified.
     *
     * @param ca PEM certificates that are trusted; null for the credential's own, and the JDK's if it has none
     */
    @Description("How the API server is verified.")
    public record TargetTls(
            @Description("PEM file of the authorities that are trusted; the kubeconfig's own if absent.") @Nullable
            Path ca) {}
}
