package io.sallyport.launch;

import io.sallyport.api.principal.Principal;
import io.sallyport.api.session.Admission;
import io.sallyport.api.session.Session;
import io.sallyport.approval.access.Standing;
import io.sallyport.approval.revocation.Revocation;
import io.sallyport.approval.revocation.Revocations;
import io.sallyport.identity.IdentityDoor;
import io.sallyport.journal.Journal;
import io.sallyport.journal.JournalHealth;
import io.sallyport.journal.lane.JournalUnavailableException;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import io.sallyport.session.SessionRoom;
import io.sallyport.session.SessionSpec;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether new sessions may open, and the record of those that did not. Any thread; nothing blocks. */
final class Admittance implements IdentityDoor.RefusedLogins {

    private static final Logger log = LoggerFactory.getLogger(Admittance.class);

    private final Journal journal;
    private final Revocations revocations;
    private volatile boolean closing;
    private volatile @Nullable SessionRoom sessions;

    Admittance(Journal journal, Revocations revocations) {
        this.journal = journal;
        this.revocations = revocations;
    }

    /** The sessions among which revoked ones are looked for; set once, before any connector starts. */
    void over(SessionRoom room) {
        sessions = room;
    }

    /** Whether the journal writes, revocations are fresh, and the gateway is not being stopped. */
    boolean open() {
        return !closing && journal.health().state() == JournalHealth.State.HEALTHY && revocations.isFresh();
    }

    /** No session opens any more. */
    void close() {
        closing = true;
    }

    /** What speaks against a session that has just been opened, null if nothing does. */
    @Nullable
    Revocation revocation(Session session) {
        SessionRoom room = sessions;
        if (room == null || revocations.list().isEmpty()) {
            return null;
        }
        SessionSpec spec = room.open().stream()
                .filter(open -> open.id().toString().equals(session.id()))
                .findFirst()
                .orElse(null);
        Standing access = spec == null ? null : spec.terms().access();
        Revocation ended = access == null ? null : revocations.findAccess(access.id());
        return ended == null
                ? revocations.find(session.id(), spec == null ? "" : grantOf(spec), session.principal())
                : ended;
    }

    /** The grant that admitted a session. */
    static String grantOf(SessionSpec spec) {
        return spec.terms().policy().grant();
    }

    /** Records that somebody was refused; the refusal stands whether or not that can be written. */
    @Override
    public void write(String connector, Admission admission, @Nullable Principal principal, String reason) {
        InetSocketAddress client = admission.client();
        log.info("connector {}: {} was refused target {}: {}", connector, client, admission.target(), reason);
        PayloadWriter payload = new PayloadWriter();
        payload.text(PayloadKey.CONNECTOR, connector)
                .text(PayloadKey.TARGET, admission.target())
                .text(PayloadKey.CLIENT_ADDRESS, String.valueOf(client))
                .text(PayloadKey.REASON, reason);
        if (principal != null) {
            payload.map(PayloadKey.PRINCIPAL)
                    .text(PayloadKey.ISSUER, principal.issuer())
                    .text(PayloadKey.SUBJECT, principal.subject())
                    .text(PayloadKey.NAME, principal.display());
            payload.end();
        }
        try {
            journal.control().append(RecordType.LOGIN_REFUSED, 0, 0, 0, payload);
        } catch (JournalUnavailableException | IllegalArgumentException e) {
            log.error("a refused login is not in the journal: {}", e.toString());
        }
    }
}
