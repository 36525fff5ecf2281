package io.sallyport.demo.cluster.store;

import java.util.List;
import java.util.Optional;

/**
 * A kind of object that the stand-in knows.
 *
 * @param group empty for the core
 * @param plural the name in paths
 * @param name the name in objects
 * @param namespaced whether objects lie in namespaces
 * @param shortName what kubectl takes for the plural, empty if nothing
 * @param subresources those that are told to clients
 * @param stored whether objects are kept, rather than answered and forgotten
 */
public record Kind(
        String group,
        String plural,
        String name,
        boolean namespaced,
        String shortName,
        List<String> subresources,
        boolean stored) {

    /** All of them. */
    public static final List<Kind> ALL = List.of(
            core("configmaps", "ConfigMap", true, "cm"),
            core("endpoints", "Endpoints", true, "ep"),
            core("events", "Event", true, "ev"),
            core("namespaces", "Namespace", false, "ns", "status", "finalize"),
            core("nodes", "Node", false, "no", "status"),
            core("pods", "Pod", true, "po", "attach", "eviction", "exec", "log", "status"),
            core("secrets", "Secret", true, ""),
            core("serviceaccounts", "ServiceAccount", true, "sa", "token"),
            core("services", "Service", true, "svc", "status"),
            new Kind("apps", "deployments", "Deployment", true, "deploy", List.of("scale", "status"), true),
            new Kind("apps", "replicasets", "ReplicaSet", true, "rs", List.of("status"), true),
            question("authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview"),
            question("authorization.k8s.io", "selfsubjectrulesreviews", "SelfSubjectRulesReview"),
            question("authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview"));

    private static Kind core(String plural, String name, boolean namespaced, String shortName, String... subresources) {
        return new Kind("", plural, name, namespaced, shortName, List.of(subresources), true);
    }

    private static Kind question(String group, String plural, String name) {
        return new Kind(group, plural, name, false, "", List.of(), false);
    }

    /** The kind with this plural. */
    public static Optional<Kind> of(String group, String plural) {
        return ALL.stream()
                .filter(kind -> kind.group.equals(group) && kind.plural.equals(plural))
                .findFirst();
    }

    /** The group and version as objects spell them; every group has one version, v1. */
    public String apiVersion() {
        return group.isEmpty() ? "v1" : group + "/v1";
    }

    /** The plural with its group, as messages spell it. */
    public String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
