package io.sallyport.demo.vault;

import io.sallyport.demo.DemoPart;
import java.util.TreeMap;

/** What the demo's vault adds to the configuration: the database {@code app} again, with a role for each session. */
public final class VaultPart {

    /** The target whose sessions have roles of their own. */
    public static final String TARGET = "app-vault";

    /** The file in the demo's directory with which the gateway logs in to the vault. */
    public static final String SECRET_FILE = "vault.secret";

    private static final String SOURCE = """
              - name: vault
                type: vault
                config:
                  address: %s
                  auth: { approle: { role-id: demo, secret-id: "${file:./vault.secret}" } }
            """;

    private static final String DATABASE = """
              - name: app-vault
                connector: pg
                address: postgres://127.0.0.1:%d/app
                tls: { mode: verify-full, ca: ./ca.crt }
                credential: { source: vault, path: database/creds/app }
                labels: { env: demo }
            """;

    private static final String GRANT = """
              - name: app-vault-%s
                who: { issuer: demo, %s }
                targets: [app-vault]
                scope:
                  - { verbs: [select], resources: ["public.**"] }
                guardrails: [D1, M1, M2]
            """;

    private VaultPart() {}

    /** The part of a database server that listens on a port, and of the vault that lends its roles. */
    public static DemoPart of(int postgresPort, DemoVault vault) {
        StringBuilder grants = new StringBuilder();
        new TreeMap<>(DemoPart.USERS).forEach((name, who) -> grants.append(GRANT.formatted(name, who)));
        return new DemoPart(
                SOURCE.formatted(vault.address()), "", DATABASE.formatted(postgresPort), "", grants.toString());
    }
}
