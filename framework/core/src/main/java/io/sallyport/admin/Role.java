package io.sallyport.admin;

import java.util.Locale;

/** What an operator may do. */
public enum Role {
    /** Read sessions and their records. */
    AUDITOR,
    /** See and decide approvals that name one of the operator's groups; see one's own sessions. */
    APPROVER,
    /** Everything, except deciding approvals that do not name one of the operator's groups. */
    ADMIN;

    /** The word used in the status and the documentation. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
