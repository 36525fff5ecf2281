package io.sallyport.demo.ssh;

import io.sallyport.demo.DemoPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;

/** What the demo's SSH host adds to the configuration, and the files with which clients reach it. */
public final class SshPart {

    /** The file in the demo's directory with the gateway's host key, for clients. */
    public static final String KNOWN_HOSTS = "known_hosts";

    /** The file in the demo's directory that {@code ssh -F} reads. */
    public static final String CLIENT_CONFIG = "ssh_config";

    /** The program in the demo's directory that answers the question for the password. */
    public static final String ASKPASS = "askpass";

    private static final String HOST_KEY = "ssh_host_ed25519_key";

    private static final String CONNECTOR = """
              - name: ssh
                type: ssh
                config: { listen: 127.0.0.1:%d, host-key: ./ssh_host_ed25519_key, ca-key: ./ssh_ca }
            """;

    private static final String HOST = """
              - name: web1
                connector: ssh
                address: ssh://127.0.0.1:%d
                known-hosts: ./web1.known_hosts
                credential: { user: deploy, private-key: "${file:./web1.key}" }
                labels: { env: demo }
            """;

    private static final String GUARDRAILS = """
              - name: S1
                type: deny-list
                config:
                  rules: [ { command: rm, flags: [r, f], reason: "nothing is removed recursively and by force" } ]
              - name: S2
                type: approval
                config:
                  rules: [ { command: sudo, reason: "commands of the administrator's are approved one by one" } ]
                  approvers: { issuer: demo, groups: [dba], required: 1 }
                  timeout: 15m
            """;

    private static final String GRANT = """
              - name: web1-%s
                who: { issuer: demo, %s }
                targets: [web1]
                scope:
                  - verbs: [exec, shell, read, write, list, remove, rename, link, setattr, mkdir]
                    resources: ["**"]
                opaque: allow
                unmaskable: allow
                guardrails: [S1, S2, M2]
            """;

    private SshPart() {}

    /** The part of the configuration; the gateway listens on the port and logs in to the host. */
    public static DemoPart of(int port, DemoHost host) {
        StringBuilder grants = new StringBuilder();
        DemoPart.USERS.forEach((name, who) -> grants.append(GRANT.formatted(name, who)));
        return new DemoPart("", CONNECTOR.formatted(port), HOST.formatted(host.port()), GUARDRAILS, grants.toString());
    }

    /** Writes the gateway's keys, and the files of clients, into the demo's directory. */
    public static void writeFiles(Path directory, int port) throws IOException {
        KeyPair gateway = SshKeys.at(directory.resolve(HOST_KEY), "gateway");
        SshKeys.at(directory.resolve("ssh_ca"), "gateway-ca");
        Files.writeString(directory.resolve(KNOWN_HOSTS), SshKeys.knownHost(port, gateway.getPublic()));
        Files.writeString(directory.resolve(CLIENT_CONFIG), """
                Host web1
                  HostName 127.0.0.1
                  Port %d
                  User deploy@web1
                  UserKnownHostsFile "%s"
                  StrictHostKeyChecking yes
                  PreferredAuthentications keyboard-interactive,password
                """.formatted(port, directory.resolve(KNOWN_HOSTS)));
        Path askpass = directory.resolve(ASKPASS);
        Files.writeString(askpass, """
                #!/bin/sh
                # Answers ssh with the token in TOK: SSH_ASKPASS names this file, SSH_ASKPASS_REQUIRE is force.
                printf '%s\\n' "${TOK:?}"
                """);
        Files.setPosixFilePermissions(askpass, PosixFilePermissions.fromString("rwx------"));
    }
}
