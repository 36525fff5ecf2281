package io.sallyport.vault.lease;

import io.sallyport.vault.http.VaultFailure;
import java.time.Duration;
import java.time.Instant;

/** Something that Vault lends for a time and that is renewed while it is wanted. Safe for use by several threads. */
abstract class Term {

    private final Duration length;
    private final boolean renewable;
    private volatile Instant end;

    /** Lent from this moment on; {@link Duration#ZERO} is for ever. */
    Term(Instant from, Extension lent) {
        this.length = lent.length();
        this.renewable = lent.renewable();
        this.end = lent.length().isZero() ? Instant.MAX : from.plus(lent.length());
    }

    /**
     * What Vault gave.
     *
     * @param length for how long
     * @param renewable whether more can be had
     */
    record Extension(Duration length, boolean renewable) {}

    final Instant end() {
        return end;
    }

    /** How long it was lent for at first. */
    final Duration length() {
        return length;
    }

    final boolean renewable() {
        return renewable && !end.equals(Instant.MAX);
    }

    final void extend(Instant to) {
        end = to;
    }

    /** Vault does not know it any more. */
    final void over() {
        end = Instant.MIN;
    }

    /** Whether more is left than this time, or than this part of its length if that is less. */
    final boolean good(Duration left, int part) {
        Instant until = end;
        if (until.equals(Instant.MAX)) {
            return true;
        }
        Duration least = length.dividedBy(part);
        return Instant.now().plus(least.compareTo(left) < 0 ? least : left).isBefore(until);
    }

    /** Whether anybody still needs it. */
    abstract boolean wanted();

    /** A name for the log, without anything secret. */
    abstract String name();

    /** Asks for more time. */
    abstract Extension renew() throws VaultFailure;
}
