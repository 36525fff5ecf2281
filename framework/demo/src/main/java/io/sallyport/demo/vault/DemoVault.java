package io.sallyport.demo.vault;

import io.sallyport.demo.database.DemoPostgres;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The demo's vault: the stand-in, with a database engine that makes and drops roles on the demo's server. */
public final class DemoVault implements AutoCloseable {

    private final StandInVault vault;

    private DemoVault(StandInVault vault) {
        this.vault = vault;
    }

    /** Starts it over a server whose roles it makes. */
    public static DemoVault start(DemoPostgres postgres) throws IOException {
        StandInVault vault = StandInVault.start(new LentRoles(postgres));
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        vault.state.loginSecret = HexFormat.of().formatHex(secret);
        return new DemoVault(vault);
    }

    /** Its address on loopback. */
    public URI address() {
        return vault.address();
    }

    /** What the gateway logs in with. */
    public String loginSecret() {
        return vault.state.loginSecret;
    }

    @Override
    public void close() {
        vault.close();
    }
}
