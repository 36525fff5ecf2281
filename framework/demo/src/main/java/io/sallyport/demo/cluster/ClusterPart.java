package io.sallyport.demo.cluster;

import io.sallyport.demo.DemoPart;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What the cluster adds to the demo's configuration, and the files with which it is reached. */
public final class ClusterPart {

    /** The gateway's own way to the cluster, in the demo's directory. */
    public static final String TARGET_KUBECONFIG = "prod.kubeconfig";

    /** The people's way to the cluster, through the gateway. */
    public static final String CLIENT_KUBECONFIG = "kubeconfig";

    private static final String CONNECTOR = """
              - name: k8s
                type: kubernetes
                config:
                  listen: 127.0.0.1:%d
                  tls: { certificate: ./tls.crt, key: ./tls.key }
                  default-target: prod
            """;

    private static final String TARGET = """
              - name: prod
                connector: k8s
                address: https://127.0.0.1:%d
                credential: { kubeconfig: ./prod.kubeconfig }
                labels: { env: demo }
            """;

    private static final String GUARDRAILS = """
              - name: K1
                type: deny-list
                config:
                  rules:
                    - { verbs: [delete, deletecollection], resources: ["prod/**"],
                        reason: "nothing is deleted in prod through the gateway" }
              - name: K2
                type: deny-list
                config:
                  rules:
                    - verbs: [create]
                      resources: ["prod/pods:exec", "prod/pods:attach", "prod/pods:portforward",
                                  "prod/pods:ephemeralcontainers"]
                      reason: "nobody enters a pod of prod through the gateway"
              - name: K3
                type: masking
                config:
                  fields: [ { field: "secrets/data/*", with: redact } ]
              - name: K4
                type: approval
                config:
                  rules: [ { verbs: [create], resources: ["stage/pods:exec"] } ]
                  approvers: { issuer: demo, groups: [dba], required: 1 }
                  timeout: 15m
            """;

    private static final String GRANT = """
              - name: prod-%s
                who: { issuer: demo, %s }
                targets: [prod]
                scope:
                  - { verbs: ["*"], resources: ["**"] }
                uncovered: allow
                guardrails: [K1, K2, K3, K4]
            """;

    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            clusters:
              - { name: prod, cluster: { server: "%s", certificate-authority: ca.crt } }
            users:
            %scontexts:
            %scurrent-context: %s
            """;

    private ClusterPart() {}

    /** The part of a connector that listens on a port. */
    public static DemoPart of(int port, DemoCluster cluster) {
        StringBuilder grants = new StringBuilder();
        new TreeMap<>(DemoPart.USERS).forEach((name, who) -> grants.append(GRANT.formatted(name, who)));
        return new DemoPart(
                "", CONNECTOR.formatted(port), TARGET.formatted(cluster.port()), GUARDRAILS, grants.toString());
    }

    /** The file with the cluster's own token; nobody but the gateway reads it. */
    public static String kubeconfig(DemoCluster cluster) {
        return KUBECONFIG.formatted(
                "https://127.0.0.1:" + cluster.port(), user("gateway", cluster.token()), context("gateway"), "gateway");
    }

    /** The file with the people's tokens and the gateway's address. */
    public static String clientKubeconfig(UnaryOperator<String> environment) {
        return KUBECONFIG.formatted(
                "https://127.0.0.1:" + environment.apply("K8S_PORT") + "/clusters/prod",
                user("alice", environment.apply("TOK"))
                        + user("bob", environment.apply("TOK_BOB"))
                        + user("ci", environment.apply("TOKEN_CI")),
                context("alice") + context("bob") + context("ci"),
                "alice");
    }

    private static String user(String name, String token) {
        return "  - { name: " + name + ", user: { token: \"" + token + "\" } }\n";
    }

    private static String context(String name) {
        return "  - { name: " + name + ", context: { cluster: prod, user: " + name + ", namespace: stage } }\n";
    }
}
