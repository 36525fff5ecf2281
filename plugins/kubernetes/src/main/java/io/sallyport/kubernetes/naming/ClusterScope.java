package io.sallyport.kubernetes.naming;

import java.util.Set;

/**
 * Which kinds of object lie in no namespace. Those of Kubernetes itself are listed; of others it is only known once an
 * object of theirs is named without a namespace.
 */
final class ClusterScope {

    /** Groups all of whose kinds lie in no namespace. */
    private static final Set<String> GROUPS = Set.of(
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "apiregistration.k8s.io",
            "authentication.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "internal.apiserver.k8s.io",
            "node.k8s.io",
            "scheduling.k8s.io",
            "storagemigration.k8s.io");

    private static final Set<String> PLURALS = Set.of(
            "componentstatuses",
            "namespaces",
            "nodes",
            "persistentvolumes",
            "selfsubjectaccessreviews.authorization.k8s.io",
            "selfsubjectrulesreviews.authorization.k8s.io",
            "subjectaccessreviews.authorization.k8s.io",
            "certificatesigningrequests.certificates.k8s.io",
            "clustertrustbundles.certificates.k8s.io",
            "nodes.metrics.k8s.io",
            "ingressclasses.networking.k8s.io",
            "ipaddresses.networking.k8s.io",
            "servicecidrs.networking.k8s.io",
            "podsecuritypolicies.policy",
            "clusterroles.rbac.authorization.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io",
            "deviceclasses.resource.k8s.io",
            "resourceslices.resource.k8s.io",
            "csidrivers.storage.k8s.io",
            "csinodes.storage.k8s.io",
            "storageclasses.storage.k8s.io",
            "volumeattachments.storage.k8s.io",
            "volumeattributesclasses.storage.k8s.io");

    private ClusterScope() {}

    /** Whether objects of this kind are known to lie in no namespace. */
    static boolean known(String group, String pluralAndGroup) {
        return GROUPS.contains(group) || PLURALS.contains(pluralAndGroup);
    }
}
