package io.sallyport.demo.vault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tokens, leases and engines. Its fields are for tests to change. */
@SuppressWarnings("NullAway.Init")
public final class State {

    /** Whether everything is answered with 503. */
    public volatile boolean sealed;

    /** The one namespace in which the paths are, null for the root. */
    public volatile @Nullable String namespace;

    /** Of tokens and of leases. */
    public volatile Duration tokenTtl = Duration.ofHours(1);

    /** The longest life of a token. */
    public volatile Duration tokenLongest = Duration.ofHours(24);

    /** Of leases. */
    public volatile Duration leaseTtl = Duration.ofHours(1);

    /** The longest life of a lease. */
    public volatile Duration leaseLongest = Duration.ofHours(24);

    /** Secrets of the key-value store. */
    public final Map<String, Map<String, String>> secrets = new ConcurrentHashMap<>();

    /** What logs in: a secret identifier or a JWT. */
    public volatile String loginSecret = "secret-of-the-login";

    /** The key of the SSH engine, a file of ssh-keygen's. */
    public volatile @Nullable Path authority;

    /** Principals that the SSH engine writes whatever is asked, null for what is asked. */
    public volatile @Nullable String otherPrincipal;

    private final Database database;
    private final Map<String, Lent> tokens = new TreeMap<>();
    private final Map<String, Lent> leases = new TreeMap<>();

    State(Database database) {
        this.database = database;
    }

    /** A token that somebody gives to the gateway. */
    public synchronized String newToken() {
        return issue().id;
    }

    private Lent issue() {
        Lent token = new Lent("hvs." + UUID.randomUUID(), "", tokenTtl, tokenLongest, Lent.Backing.NONE);
        tokens.put(token.id, token);
        return token;
    }

    /** The leases that are not over. */
    public synchronized List<String> leases() {
        return List.copyOf(leases.keySet());
    }

    /** Revokes a token and what hangs on it. */
    public synchronized void revokeToken(String token) {
        tokens.remove(token);
        sweep();
    }

    /** Revokes all tokens. */
    public synchronized void revokeTokens() {
        tokens.clear();
        sweep();
    }

    synchronized void sweep() {
        tokens.values().removeIf(Lent::over);
        for (Lent lease : List.copyOf(leases.values())) {
            if (lease.over() || !tokens.containsKey(lease.parent)) {
                try {
                    lease.backing.end();
                    leases.remove(lease.id);
                } catch (Exception e) {
                    lease.renewed(java.time.Instant.now());
                }
            }
        }
    }

    synchronized @Nullable Object route(StandInVault.Asked asked) throws Refusal {
        sweep();
        return switch (asked.path()) {
            case "auth/approle/login" -> login(asked, Set.of("role_id", "secret_id"), "secret_id");
            case "auth/kubernetes/login", "auth/jwt/login" -> login(asked, Set.of("role", "jwt"), "jwt");
            default -> known(asked, token(asked));
        };
    }

    private Lent token(StandInVault.Asked asked) throws Refusal {
        Lent token = asked.token() == null ? null : tokens.get(asked.token());
        if (token == null) {
            throw new Refusal(403, "permission denied");
        }
        return token;
    }

    private @Nullable Object known(StandInVault.Asked asked, Lent token) throws Refusal {
        String path = asked.path();
        if (path.equals("auth/token/lookup-self")) {
            asked.must("GET");
            return Map.of("data", Map.of("ttl", token.left(), "renewable", true));
        } else if (path.equals("auth/token/renew-self")) {
            JsonNode body = asked.json(Set.of("increment"));
            return auth(token.id, token.renew(body.path("increment").asLong()));
        } else if (path.equals("auth/token/revoke-self")) {
            asked.json(Set.of());
            revokeToken(token.id);
            return null;
        } else if (path.equals("sys/leases/renew")) {
            JsonNode body = asked.json(Set.of("lease_id", "increment"));
            Lent lease = lease(body);
            return lent(lease.id, lease.renew(body.path("increment").asLong()), Map.of());
        } else if (path.equals("sys/leases/revoke")) {
            return revoke(asked.json(Set.of("lease_id", "sync")));
        }
        return engine(asked, token);
    }

    private Object engine(StandInVault.Asked asked, Lent token) throws Refusal {
        String path = asked.path();
        if (path.startsWith("secret/data/")) {
            asked.must("GET");
            Map<String, String> secret = secrets.get(path);
            if (secret == null) {
                throw new Refusal(404, "");
            }
            return lent("", 0, Map.of("data", secret, "metadata", Map.of("version", 1)));
        } else if (path.equals("database/creds/app")) {
            asked.must("GET");
            return role(token);
        } else if (path.equals("kubernetes/creds/deployer")) {
            JsonNode body = asked.json(Set.of("kubernetes_namespace", "ttl"));
            String name = "v-token-" + UUID.randomUUID();
            return lease(
                    "kubernetes/creds/deployer/",
                    token,
                    Lent.Backing.NONE,
                    Map.of(
                            "service_account_name",
                            name,
                            "service_account_namespace",
                            body.path("kubernetes_namespace").asText(),
                            "service_account_token",
                            "token-of-" + name));
        } else if (path.equals("ssh/sign/deploy")) {
            return sign(asked.json(Set.of("public_key", "valid_principals", "cert_type", "ttl")));
        }
        throw new Refusal(404, "no handler for route");
    }

    private Object role(Lent token) throws Refusal {
        String role = "v-approle-app-" + UUID.randomUUID().toString().substring(0, 8);
        String password = UUID.randomUUID().toString();
        try {
            database.create(role, password);
        } catch (Exception e) {
            throw new Refusal(500, "the database refuses: " + e.getMessage());
        }
        return lease(
                "database/creds/app/",
                token,
                () -> database.drop(role),
                Map.of("username", role, "password", password));
    }

    private Object lease(String prefix, Lent token, Lent.Backing backing, Map<String, Object> data) {
        Lent lease = new Lent(prefix + UUID.randomUUID(), token.id, leaseTtl, leaseLongest, backing);
        leases.put(lease.id, lease);
        return lent(lease.id, lease.left(), data);
    }

    private Lent lease(JsonNode body) throws Refusal {
        Lent lease = leases.get(body.path("lease_id").asText());
        if (lease == null) {
            throw new Refusal(400, "lease not found");
        }
        return lease;
    }

    /** Revoking what is not there is no error. */
    private @Nullable Object revoke(JsonNode body) throws Refusal {
        String id = body.path("lease_id").asText();
        Lent lease = leases.get(id);
        if (lease != null) {
            try {
                lease.backing.end();
            } catch (Exception e) {
                throw new Refusal(400, "failed to revoke " + id);
            }
            leases.remove(id);
        }
        return null;
    }

    private Object login(StandInVault.Asked asked, Set<String> keys, String secret) throws Refusal {
        JsonNode body = asked.json(keys);
        if (asked.token() != null || !body.path(secret).asText().equals(loginSecret)) {
            throw new Refusal(400, "invalid role or secret ID");
        }
        Lent token = issue();
        return auth(token.id, token.left());
    }

    private static Object auth(String token, long left) {
        return Map.of(
                "auth",
                Map.of("client_token", token, "lease_duration", left, "renewable", true, "policies", List.of()));
    }

    private static Object lent(String id, long left, Map<String, Object> data) {
        Map<String, Object> answer = new HashMap<>();
        answer.put("lease_id", id);
        answer.put("lease_duration", left);
        answer.put("renewable", !id.isEmpty());
        answer.put("data", data);
        return answer;
    }

    private Object sign(JsonNode body) throws Refusal {
        try {
            Path directory = Files.createTempDirectory("sign");
            Path key = Files.writeString(
                    directory.resolve("key.pub"), body.path("public_key").asText() + "\n");
            String asked = body.path("valid_principals").asText();
            String principal = otherPrincipal == null ? asked : otherPrincipal;
            String ttl = body.path("ttl").asText();
            Process process = new ProcessBuilder(
                            "ssh-keygen",
                            "-q",
                            "-s",
                            String.valueOf(authority),
                            "-I",
                            "vault",
                            "-n",
                            principal,
                            "-V",
                            "-30s:+" + ttl,
                            key.toString())
                    .inheritIO()
                    .start();
            if (process.waitFor() != 0) {
                throw new Refusal(400, "cannot sign");
            }
            Path certificate = directory.resolve("key-cert.pub");
            String signed = Files.readString(certificate);
            Files.delete(certificate);
            Files.delete(key);
            Files.delete(directory);
            return lent("", 0, Map.of("serial_number", "1", "signed_key", signed));
        } catch (IOException | InterruptedException e) {
            throw new Refusal(500, "cannot sign");
        }
    }
}
