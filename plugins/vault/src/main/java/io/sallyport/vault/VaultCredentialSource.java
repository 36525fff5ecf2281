package io.sallyport.vault;

import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.CredentialRequest;
import io.sallyport.api.credential.CredentialSource;
import io.sallyport.vault.http.VaultClient;
import io.sallyport.vault.http.VaultFailure;
import io.sallyport.vault.lease.LeaseKeeper;
import io.sallyport.vault.lease.Login;
import io.sallyport.vault.lease.Logins;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;

/** Asks one Vault, for each session anew. Nothing is kept but the gateway's own login. */
final class VaultCredentialSource implements CredentialSource {

    /** Below the core's deadline, so that the operator reads why. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final int FORBIDDEN = 403;

    private final LeaseKeeper leases;
    private final Logins logins;
    private final Engines engines;

    VaultCredentialSource(String name, VaultConfiguration config) {
        VaultClient client = new VaultClient(config.address(), config.namespace(), config.ca());
        leases = new LeaseKeeper(name, client);
        logins = new Logins(client, Methods.of(config.auth()), leases);
        engines = new Engines(client, leases);
    }

    @Override
    public Credential credential(CredentialRequest request) throws IOException, GeneralSecurityException {
        Instant deadline = Instant.now().plus(PATIENCE);
        Login login = logins.current(deadline);
        try {
            return engines.ask(request, login, deadline);
        } catch (VaultFailure e) {
            if (e.status() != FORBIDDEN) {
                throw e;
            }
            logins.refused(login);
        }
        return engines.ask(request, logins.current(deadline), deadline);
    }

    @Override
    public void close() {
        leases.close();
        logins.close();
    }
}
