package io.sallyport.admin;

import io.sallyport.api.guardrail.Approvers;
import io.sallyport.api.principal.Principal;
import io.sallyport.approval.Eligibility;
import io.sallyport.approval.access.AccessView;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who sent a request, and in which roles. */
record Caller(Principal principal, Set<Role> roles) {

    static Caller of(Principal principal, List<Operator> operators) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Operator operator : operators) {
            if (operator.matches(principal)) {
                roles.add(operator.role());
            }
        }
        return new Caller(principal, Set.copyOf(roles));
    }

    boolean has(Role role) {
        return roles.contains(role);
    }

    boolean hasAny(Set<Role> wanted) {
        return roles.stream().anyMatch(wanted::contains);
    }

    /** Whether approvals on these terms are the caller's business. */
    boolean sees(Approvers approvers) {
        return has(Role.ADMIN) || (has(Role.APPROVER) && Eligibility.named(approvers, principal));
    }

    /** Whether a request for access is the caller's business. */
    boolean sees(AccessView access) {
        Approvers approvers = access.terms().approvers();
        return has(Role.ADMIN)
                || has(Role.AUDITOR)
                || access.requester().same(principal)
                || (approvers != null && sees(approvers));
    }

    /** Whether everybody's sessions are the caller's business. */
    boolean seesAllSessions() {
        return has(Role.ADMIN) || has(Role.AUDITOR);
    }

    /** Whether a session of this principal is. */
    boolean seesSessionOf(String issuer, String subject) {
        return seesAllSessions()
                || (principal.issuer().equals(issuer) && principal.subject().equals(subject));
    }
}
