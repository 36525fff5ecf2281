package io.sallyport.vault;

import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.api.config.Secret;
import io.sallyport.vault.http.VaultPath;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Vault and the gateway's login to it.
 *
 * @param address where it is
 * @param ca the authorities that its certificate comes from, null for those of the JVM
 * @param namespace the namespace of all paths, null for the root
 * @param auth how the gateway logs in
 */
@Description("A Vault from which targets get their credentials.")
public record VaultConfiguration(
        @Description("`https://HOST:PORT`; plain `http` is for loopback addresses only.")
        URI address,

        @Description(
                "PEM certificates of the authorities that Vault's certificate comes from; the JVM's own if absent.")
        @Nullable
        Path ca,

        @Description("The namespace in which all paths are.") @Nullable
        String namespace,

        @Description("How the gateway logs in: exactly one of its keys.")
        Auth auth) {

    /** Checks that nothing secret goes over an open line. */
    public VaultConfiguration {
        boolean open = "http".equals(address.getScheme());
        boolean safe = "https".equals(address.getScheme()) || (open && loopback(address.getHost()));
        if (!safe || address.getHost() == null) {
            throw new IllegalArgumentException("'address' is https://HOST:PORT, or http for a loopback address");
        }
        if ((address.getPath() != null && address.getPath().length() > 1)
                || address.getQuery() != null
                || address.getUserInfo() != null) {
            throw new IllegalArgumentException("'address' is https://HOST:PORT and nothing else");
        }
        if (ca != null && open) {
            throw new IllegalArgumentException("'ca' is of no use to an http address");
        }
        if (namespace != null) {
            VaultPath.check("namespace", namespace);
        }
    }

    private static boolean loopback(@Nullable String host) {
        return "127.0.0.1".equals(host) || "[::1]".equals(host) || "localhost".equals(host);
    }

    /**
     * How the gateway logs in.
     *
     * @param token by a token that it is given
     * @param approle by AppRole
     * @param kubernetes by its pod's service account
     * @param jwt by a JWT
     */
    @Description("How the gateway logs in.")
    public record Auth(
            @Description("A token, by reference; it is read again for each login.") @Nullable
            Supplier<Secret> token,

            @Description("AppRole.") @Nullable AppRole approle,

            @Description("The service account of the gateway's pod.") @Nullable
            Kubernetes kubernetes,

            @Description("A JWT of an issuer that Vault trusts.") @Nullable
            Jwt jwt) {

        /** Checks that there is one. */
        public Auth {
            if (Stream.of(token, approle, kubernetes, jwt)
                            .filter(Objects::nonNull)
                            .count()
                    != 1) {
                throw new IllegalArgumentException("'auth' has exactly one of token, approle, kubernetes and jwt");
            }
        }
    }

    /**
     * A login by AppRole.
     *
     * @param mount where the method is mounted
     * @param roleId the role's identifier
     * @param secretId its secret, null for roles that need none
     */
    @Description("A login by AppRole.")
    public record AppRole(
            @Default("approle") @Description("Where the method is mounted.")
            String mount,

            @Description("The role's identifier, by reference.")
            Supplier<Secret> roleId,

            @Description("The secret identifier, by reference; it is read again for each login.") @Nullable
            Supplier<Secret> secretId) {

        /** Checks the mount. */
        public AppRole {
            VaultPath.check("mount", mount);
        }
    }

    /**
     * A login by the service account of the gateway's pod.
     *
     * @param mount where the method is mounted
     * @param role the role
     * @param token the file of the projected token
     */
    @Description("A login by the service account of the gateway's pod.")
    public record Kubernetes(
            @Default("kubernetes") @Description("Where the method is mounted.")
            String mount,

            @Description("The role at Vault.") String role,

            @Default("/var/run/secrets/kubernetes.io/serviceaccount/token")
            @Description("The file of the account's token; it is read again for each login.")
            Path token) {

        /** Checks the mount. */
        public Kubernetes {
            VaultPath.check("mount", mount);
        }
    }

    /**
     * A login by a JWT.
     *
     * @param mount where the method is mounted
     * @param role the role
     * @param token the JWT
     */
    @Description("A login by a JWT.")
    public record Jwt(
            @Default("jwt") @Description("Where the method is mounted.")
            String mount,

            @Description("The role at Vault.") String role,

            @Description("The JWT, by reference; it is read again for each login.")
            Supplier<Secret> token) {

        /** Checks the mount. */
        public Jwt {
            VaultPath.check("mount", mount);
        }
    }
}
