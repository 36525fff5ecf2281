package io.sallyport.approval.revocation;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that must not go on.
 *
 * @param kind what is revoked
 * @param issuer the principal's issuer; empty for the other kinds
 * @param value the session's identifier, the grant's name, the identifier of approved access, or the principal's subject
 * @param by who revoked it, for people
 * @param reason why; the client may read it
 * @param time when
 */
public record Revocation(Kind kind, String issuer, String value, String by, String reason, Instant time) {

    /** A key without the circumstances. */
    Key key() {
        return new Key(kind, issuer, value);
    }

    /** Whether it ends sessions that stand on approved access with this identifier. */
    public boolean concernsAccess(String access) {
        return kind == Kind.ACCESS && value.equals(access);
    }

    /** Whether it ends this session, whatever access it stands on. */
    public boolean concerns(String session, String grant, String principalIssuer, String principalSubject) {
        return switch (kind) {
            case SESSION -> value.equals(session);
            case GRANT -> value.equals(grant);
            case ACCESS -> false;
            case PRINCIPAL -> issuer.equals(principalIssuer) && value.equals(principalSubject);
        };
    }

    /** What can be revoked. */
    public enum Kind {
        /** One session. */
        SESSION,
        /** All sessions that a grant admits, until the revocation is lifted. */
        GRANT,
        /** All sessions that stand on access which people had approved for a time. */
        ACCESS,
        /** All sessions of a principal, until the revocation is lifted. */
        PRINCIPAL;

        /** The word used in the store. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is revoked. */
    record Key(Kind kind, String issuer, String value) {}
}
