package io.sallyport.launch;

import io.sallyport.api.guardrail.Approvers;
import io.sallyport.approval.access.AccessRecord;
import io.sallyport.approval.access.AccessView;
import io.sallyport.journal.Journal;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import java.time.Instant;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes what people do about access into the journal's control lane, before it takes effect. What concerns break-glass
 * access has a record type of its own, so that nobody has to search for it.
 */
final class JournalAccess implements AccessRecord {

    private static final long MICROS = 1000;

    private final Journal journal;

    JournalAccess(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void write(Entry entry) {
        AccessView access = entry.access();
        PayloadWriter payload = new PayloadWriter();
        payload.text(PayloadKey.EVENT, "access-" + entry.act())
                .text(PayloadKey.ACCESS, access.id())
                .text(PayloadKey.GRANT, access.grant())
                .text(PayloadKey.DECISION, entry.outcome())
                .text(PayloadKey.COMMENT, entry.comment())
                .text(PayloadKey.REASON, access.asked().reason());
        String ticket = access.asked().ticket();
        if (ticket != null) {
            payload.text(PayloadKey.TICKET, ticket);
        }
        payload.number(PayloadKey.DURATION_MICROS, access.asked().duration().toMillis() * MICROS);
        Instant ends = access.times().ends();
        if (ends != null) {
            payload.number(PayloadKey.EXPIRES_MICROS, ends.toEpochMilli() * MICROS);
        }
        approvers(payload, access.terms().approvers());
        payload.map(PayloadKey.PRINCIPAL)
                .text(PayloadKey.ISSUER, access.requester().issuer())
                .text(PayloadKey.SUBJECT, access.requester().subject())
                .text(PayloadKey.NAME, access.requester().display());
        payload.end();
        payload.map(PayloadKey.OPERATOR)
                .text(PayloadKey.ISSUER, entry.actor().issuer())
                .text(PayloadKey.SUBJECT, entry.actor().subject())
                .text(PayloadKey.NAME, entry.actor().display());
        payload.end();
        RecordType type = access.terms().breakGlass() ? RecordType.BREAK_GLASS : RecordType.ADMIN;
        long position = journal.control().append(type, 0, 0, 0, payload);
        journal.control().durable(position).toCompletableFuture().join();
    }

    private static void approvers(PayloadWriter payload, @Nullable Approvers approvers) {
        if (approvers == null) {
            return;
        }
        payload.list(PayloadKey.APPROVERS);
        new TreeSet<>(approvers.groups()).forEach(group -> payload.text(PayloadKey.ITEM, group));
        payload.end();
        payload.number(PayloadKey.REQUIRED, approvers.required());
    }
}
