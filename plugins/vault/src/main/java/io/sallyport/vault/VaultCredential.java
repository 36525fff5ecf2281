package io.sallyport.vault;

import io.sallyport.api.config.Default;
import io.sallyport.api.config.Description;
import io.sallyport.vault.http.VaultPath;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which credential a target gets.
 *
 * @param path what is asked for
 * @param engine which engine is mounted there, null to tell it by the path
 * @param account the account that the credential is for, where Vault does not say
 * @param ttl for how long a certificate or a token is asked for
 * @param kubernetesNamespace the namespace of the service account that the Kubernetes engine is asked for
 * @param fields which field of a key-value secret is what
 */
@Description("Which credential a target gets from Vault.")
public record VaultCredential(
        @Description("`database/creds/ROLE`, `database/static-creds/ROLE`, `ssh/sign/ROLE`, `kubernetes/creds/ROLE`,"
                + " `MOUNT/data/PATH` of a key-value store of version 2.")
        String path,

        @Description("The engine at the path, where its mount has another name.") @Nullable
        Engine engine,

        @Description("The account, where Vault does not say it: the principal of an SSH certificate, or the user of a"
                + " key-value secret without one.")
        @Nullable
        String account,

        @Default("5m") @Description("For how long an SSH certificate or a service account's token is asked for.")
        Duration ttl,

        @Description("The namespace in the cluster, for the Kubernetes engine.") @Nullable
        String kubernetesNamespace,

        @Default("{}")
        @Description("Which field of a key-value secret is `user`, `password`, `private-key`, `certificate` or `token`;"
                + " those of the same name if absent.")
        Map<String, String> fields) {

    private static final Set<String> PARTS = Set.of("user", "password", "private-key", "certificate", "token");

    /** What answers at a path. */
    public enum Engine {
        /** A key-value store of version 2. */
        KV,
        /** The database engine: a role for each session, or a static role's password. */
        DATABASE,
        /** The SSH engine, as an authority that signs. */
        SSH,
        /** The Kubernetes engine. */
        KUBERNETES
    }

    /** Tells the engine by the path. */
    public VaultCredential {
        VaultPath.check("path", path);
        if (engine == null) {
            engine = told(path);
        }
        if (engine == Engine.KUBERNETES && kubernetesNamespace == null) {
            throw new IllegalArgumentException("the Kubernetes engine needs 'kubernetes-namespace'");
        }
        if (ttl.toSeconds() < 1) {
            throw new IllegalArgumentException("'ttl' is a second or more");
        }
        if (!PARTS.containsAll(fields.keySet())) {
            throw new IllegalArgumentException(
                    "'fields' says which are user, password, private-key, certificate and token");
        }
        if (!fields.isEmpty() && engine != Engine.KV) {
            throw new IllegalArgumentException("'fields' is for key-value secrets only");
        }
        fields = Map.copyOf(fields);
    }

    private static Engine told(String path) {
        String[] segments = path.split("/", -1);
        if (segments.length >= 3) {
            String kind = segments[segments.length - 2];
            if (kind.equals("sign")) {
                return Engine.SSH;
            }
            if (kind.equals("creds") && segments[0].equals("kubernetes")) {
                return Engine.KUBERNETES;
            }
            if (kind.equals("creds") || kind.equals("static-creds")) {
                return Engine.DATABASE;
            }
            if (segments[1].equals("data")) {
                return Engine.KV;
            }
        }
        throw new IllegalArgumentException("the path '" + path + "' does not tell its engine; set 'engine'");
    }

    /** The engine. */
    Engine asked() {
        return engine == null ? told(path) : engine;
    }

    /** The field of a key-value secret that is this part. */
    String field(String part) {
        return fields.getOrDefault(part, part);
    }
}
