package io.sallyport.demo;

import io.sallyport.admin.start.AdminFront;
import io.sallyport.demo.cluster.ClusterPart;
import io.sallyport.demo.cluster.DemoCluster;
import io.sallyport.demo.database.DemoDatabase;
import io.sallyport.demo.database.DemoPostgres;
import io.sallyport.demo.issuer.DemoIssuer;
import io.sallyport.demo.issuer.Person;
import io.sallyport.demo.issuer.TokenMint;
import io.sallyport.demo.ssh.DemoHost;
import io.sallyport.demo.ssh.SshPart;
import io.sallyport.demo.tls.DemoCertificates;
import io.sallyport.demo.vault.DemoVault;
import io.sallyport.demo.vault.VaultPart;
import io.sallyport.launch.Gateway;
import io.sallyport.launch.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Everything that a demo runs, started in order and stopped in the opposite one. */
final class RunningDemo implements AutoCloseable {

    private final Parts parts = new Parts();
    private final DemoEnvironment environment = new DemoEnvironment();
    private final DemoDirectory directory;

    RunningDemo(DemoDirectory directory) {
        this.directory = parts.add("directory", directory);
    }

    /**
     * Starts all parts and writes {@code demo.env} when every port accepts.
     *
     * @throws Exception if a part cannot start; {@link #close} stops those that could
     */
    void start(DemoPorts ports, Path plugins) throws Exception {
        DemoCertificates certificates = DemoCertificates.create(directory.path());
        DemoIssuer issuer = parts.add("issuer", DemoIssuer.start());
        issuer.mint().save(directory.resolve(TokenCommand.KEY_FILE));
        DemoPostgres postgres = parts.add(
                "postgres", DemoPostgres.start(directory.path(), certificates.certificate(), certificates.key()));
        DemoHost host = parts.add("ssh", DemoHost.start(directory.path()));
        SshPart.writeFiles(directory.path(), ports.ssh());
        DemoCluster cluster = parts.add("cluster", DemoCluster.start(certificates.certificate(), certificates.key()));
        DemoDirectory.writePrivate(directory.resolve(ClusterPart.TARGET_KUBECONFIG), ClusterPart.kubeconfig(cluster));
        DemoVault vault = parts.add("vault", DemoVault.start(postgres));
        DemoDirectory.writePrivate(directory.resolve(VaultPart.SECRET_FILE), vault.loginSecret());
        List<DemoPart> others = List.of(
                SshPart.of(ports.ssh(), host),
                ClusterPart.of(ports.kubernetes(), cluster),
                VaultPart.of(postgres.port(), vault));
        Path configuration = directory.resolve("sallyport.yaml");
        Files.writeString(configuration, DemoConfiguration.text(ports, issuer.url(), postgres.port(), others));
        parts.add("gateway", Gateway.start(configuration, plugins, List.of(new AdminFront())));
        describe(ports, certificates, issuer.mint(), postgres);
        DemoDirectory.writePrivate(
                directory.resolve(ClusterPart.CLIENT_KUBECONFIG), ClusterPart.clientKubeconfig(environment::get));
        directory.remember();
        environment.write(directory.path());
    }

    private void describe(DemoPorts ports, DemoCertificates certificates, TokenMint mint, DemoPostgres postgres) {
        environment
                .set("PG_PORT", Integer.toString(ports.postgres()))
                .set("SSH_PORT", Integer.toString(ports.ssh()))
                .set("SSH_CONFIG", directory.resolve(SshPart.CLIENT_CONFIG).toString())
                .set("SSH_KNOWN_HOSTS", directory.resolve(SshPart.KNOWN_HOSTS).toString())
                .set("SSH_ASKPASS", directory.resolve(SshPart.ASKPASS).toString())
                .set("K8S_PORT", Integer.toString(ports.kubernetes()))
                .set("ADMIN_URL", "https://127.0.0.1:" + ports.admin())
                .set("CA_FILE", certificates.authority().toString())
                .set("TOK", mint.token(Person.ALICE))
                .set("TOK_BOB", mint.token(Person.BOB))
                .set("TOKEN_CI", mint.token(Person.CI))
                .set("TOKEN_APPROVER", mint.token(Person.CAROL))
                .set("TOKEN_AUDITOR", mint.token(Person.AUDIT))
                .set(
                        "KUBECONFIG",
                        directory.resolve(ClusterPart.CLIENT_KUBECONFIG).toString())
                .set("TARGET_PG_URL", postgres.ownerUrl(DemoDatabase.APP))
                .set("JOURNAL_DIR", directory.resolve("journal").toString());
    }

    /** What scripts need to know. */
    DemoEnvironment environment() {
        return environment;
    }

    /** Where the demo's files are. */
    Path path() {
        return directory.path();
    }

    @Override
    public void close() {
        parts.close();
    }
}
