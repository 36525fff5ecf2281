package io.sallyport.vault;

import io.sallyport.api.config.Secret;
import io.sallyport.vault.lease.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The methods of login that the configuration knows, as Vault's API has them. */
final class Methods {

    private Methods() {}

    static Method of(VaultConfiguration.Auth auth) {
        Supplier<Secret> token = auth.token();
        VaultConfiguration.AppRole approle = auth.approle();
        VaultConfiguration.Kubernetes kubernetes = auth.kubernetes();
        VaultConfiguration.Jwt jwt = auth.jwt();
        if (token != null) {
            return new Method.Given(token);
        }
        if (approle != null) {
            return new Method.Asked(login(approle.mount()), () -> appRole(approle));
        }
        if (kubernetes != null) {
            return new Method.Asked(
                    login(kubernetes.mount()), () -> signed(kubernetes.role(), file(kubernetes.token())));
        }
        if (jwt != null) {
            return new Method.Asked(login(jwt.mount()), () -> signed(jwt.role(), revealed(jwt.token())));
        }
        throw new IllegalArgumentException("'auth' has none of its keys");
    }

    private static String login(String mount) {
        return "auth/" + mount + "/login";
    }

    private static Map<String, Object> appRole(VaultConfiguration.AppRole approle) {
        Map<String, Object> body = new HashMap<>();
        body.put("role_id", revealed(approle.roleId()));
        @Nullable Supplier<Secret> secretId = approle.secretId();
        if (secretId != null) {
            body.put("secret_id", revealed(secretId));
        }
        return body;
    }

    private static Map<String, Object> signed(String role, String token) {
        return Map.of("role", role, "jwt", token);
    }

    private static String revealed(Supplier<Secret> secret) {
        try (Secret read = secret.get()) {
            return read.reveal().strip();
        }
    }

    private static String file(Path path) throws IOException {
        return Files.readString(path).strip();
    }
}
