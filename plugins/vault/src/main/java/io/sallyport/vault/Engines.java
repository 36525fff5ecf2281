package io.sallyport.vault;

import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.Credential.Part;
import io.sallyport.api.credential.CredentialRequest;
import io.sallyport.vault.http.Reply;
import io.sallyport.vault.http.VaultClient;
import io.sallyport.vault.http.VaultFailure;
import io.sallyport.vault.lease.HeldLease;
import io.sallyport.vault.lease.LeaseKeeper;
import io.sallyport.vault.lease.Login;
import io.sallyport.vault.ssh.SessionKey;
import io.sallyport.vault.ssh.SignedKey;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engines, each as Vault's API has it. */
final class Engines {

    private static final Map<Part, String> FIELDS = Map.of(
            Part.PASSWORD, "password",
            Part.PRIVATE_KEY, "private-key",
            Part.CERTIFICATE, "certificate",
            Part.TOKEN, "token");

    private final VaultClient client;
    private final LeaseKeeper leases;

    Engines(VaultClient client, LeaseKeeper leases) {
        this.client = client;
        this.leases = leases;
    }

    /** The credential that the target's options name. */
    Credential ask(CredentialRequest request, Login login, Instant deadline)
            throws VaultFailure, GeneralSecurityException {
        VaultCredential options = (VaultCredential) request.options();
        return switch (options.asked()) {
            case KV -> keyValue(request, options, login, deadline);
            case DATABASE -> database(request, options, login, deadline);
            case SSH -> ssh(request, options, login, deadline);
            case KUBERNETES -> kubernetes(options, login, deadline);
        };
    }

    private Credential keyValue(CredentialRequest request, VaultCredential options, Login login, Instant deadline)
            throws VaultFailure {
        Reply reply = client.get(options.path(), login.token(), deadline);
        Map<Part, Secret> parts = new EnumMap<>(Part.class);
        FIELDS.forEach((part, name) -> {
            String value = reply.text("data", "data", options.field(name));
            if (value != null && !value.isEmpty()) {
                parts.put(part, Secret.of(value));
            }
        });
        String user = reply.text("data", "data", options.field("user"));
        String account = account(request, user == null ? options.account() : user);
        if (parts.isEmpty()) {
            throw new VaultFailure("the secret at " + options.path()
                    + " has no password, private-key or token; say under 'fields' which of its fields is which");
        }
        return Credential.of(account, parts, () -> {});
    }

    private Credential database(CredentialRequest request, VaultCredential options, Login login, Instant deadline)
            throws VaultFailure {
        Instant asked = Instant.now();
        Reply reply = client.get(options.path(), login.token(), deadline);
        String lease = reply.text("lease_id");
        HeldLease held = lease == null || lease.isEmpty() ? null : leases.keep(login, reply, asked);
        Credential.Lease kept = held == null ? () -> {} : held;
        try {
            String account = account(request, reply.need("data", "username"));
            Secret password = Secret.of(reply.need("data", "password"));
            return Credential.leased(account, Map.of(Part.PASSWORD, password), kept);
        } catch (VaultFailure e) {
            kept.giveBack();
            throw e;
        }
    }

    private Credential kubernetes(VaultCredential options, Login login, Instant deadline) throws VaultFailure {
        Instant asked = Instant.now();
        Map<String, Object> body = Map.of(
                "kubernetes_namespace",
                String.valueOf(options.kubernetesNamespace()),
                "ttl",
                options.ttl().toSeconds() + "s");
        Reply reply = client.post(options.path(), login.token(), body, deadline);
        HeldLease held = leases.keep(login, reply, asked);
        try {
            Secret token = Secret.of(reply.need("data", "service_account_token"));
            return Credential.leased(null, Map.of(Part.TOKEN, token), held);
        } catch (VaultFailure e) {
            held.giveBack();
            throw e;
        }
    }

    private Credential ssh(CredentialRequest request, VaultCredential options, Login login, Instant deadline)
            throws VaultFailure, GeneralSecurityException {
        String account = account(request, options.account());
        if (account == null || !plain(account)) {
            throw new VaultFailure("a certificate is for one account of letters, digits, '.', '_', '-' and '@';"
                    + " set the target's 'account'");
        }
        SessionKey key = SessionKey.make();
        Map<String, Object> body = Map.of(
                "public_key",
                key.authorizedKey(),
                "valid_principals",
                account,
                "cert_type",
                "user",
                "ttl",
                options.ttl().toSeconds() + "s");
        try {
            Reply reply = client.post(options.path(), login.token(), body, deadline);
            SignedKey signed = SignedKey.read(reply.need("data", "signed_key"), key, account);
            return Credential.leased(
                    account,
                    Map.of(Part.PRIVATE_KEY, key.pem(), Part.CERTIFICATE, Secret.of(signed.line())),
                    signed.lease());
        } catch (VaultFailure e) {
            key.pem().close();
            throw e;
        }
    }

    /** Vault reads principals as a list with commas. */
    private static boolean plain(String account) {
        boolean plain = !account.isEmpty();
        for (int i = 0; i < account.length(); i++) {
            char c = account.charAt(i);
            plain &= (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '.'
                    || c == '_'
                    || c == '-'
                    || c == '@';
        }
        return plain;
    }

    /** The credential's account; a session that asks for another one gets none. */
    private static @Nullable String account(CredentialRequest request, @Nullable String known) throws VaultFailure {
        String asked = request.account();
        if (asked != null && known != null && !asked.equals(known)) {
            throw new VaultFailure("target " + request.target() + " has a credential for account " + known
                    + " only, not for " + asked);
        }
        return known == null ? asked : known;
    }
}
