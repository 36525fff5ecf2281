package io.sallyport.kubernetes.naming;

import java.util.Set;

/** Questions that an account asks about itself. They are posted, and change nothing. */
final class SelfReviews {

    /** The plurals with their groups. */
    static final Set<String> PLURALS = Set.of(
            "selfsubjectaccessreviews.authorization.k8s.io",
            "selfsubjectrulesreviews.authorization.k8s.io",
            "selfsubjectreviews.authentication.k8s.io");

    private SelfReviews() {}
}
