package io.sallyport.vault.lease;

import io.sallyport.api.credential.Credential;
import io.sallyport.vault.http.Reply;
import io.sallyport.vault.http.VaultFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A credential that Vault takes back: when it is given back, or when its time is over. */
public final class HeldLease extends Term implements Credential.Lease {

    private static final Duration LAST_LOGIN = Duration.ofSeconds(5);
    private static final int LAST_LOGIN_PART = 10;

    private final LeaseKeeper keeper;
    private final Login login;
    private final String id;
    private final AtomicBoolean back = new AtomicBoolean();

    HeldLease(LeaseKeeper keeper, Login login, String id, Instant from, Extension lent) {
        super(from, lent);
        this.keeper = keeper;
        this.login = login;
        this.id = id;
        login.hold();
    }

    String id() {
        return id;
    }

    Login login() {
        return login;
    }

    /** Vault revokes leases whose token ends. */
    private Instant stands() {
        return end().isBefore(login.end()) ? end() : login.end();
    }

    @Override
    public void giveBack() {
        if (back.compareAndSet(false, true)) {
            keeper.takeBack(this);
        }
    }

    @Override
    public boolean fresh() {
        return good(LAST_LOGIN, LAST_LOGIN_PART) && login.good(LAST_LOGIN, LAST_LOGIN_PART);
    }

    @Override
    public boolean standing() {
        return Instant.now().isBefore(stands());
    }

    @Override
    boolean wanted() {
        return !back.get();
    }

    @Override
    String name() {
        return "lease " + id;
    }

    @Override
    Extension renew() throws VaultFailure {
        Reply reply = keeper.client()
                .post(
                        "sys/leases/renew",
                        login.token(),
                        Map.of("lease_id", id, "increment", length().toSeconds()),
                        Instant.now().plus(LeaseKeeper.PATIENCE));
        return new Extension(Duration.ofSeconds(reply.seconds("lease_duration")), reply.flag("renewable"));
    }
}
