package io.sallyport.launch;

import io.sallyport.approval.ApprovalRecord;
import io.sallyport.journal.Journal;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;

/** Writes what people decide into the journal's control lane, before it takes effect. */
final class JournalActs implements ApprovalRecord {

    private final Journal journal;

    JournalActs(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void write(Entry entry) {
        PayloadWriter payload = new PayloadWriter();
        payload.text(PayloadKey.EVENT, entry.act())
                .text(PayloadKey.APPROVAL, entry.object())
                .text(PayloadKey.SESSION, entry.session())
                .text(PayloadKey.DECISION, entry.outcome())
                .text(PayloadKey.COMMENT, entry.comment());
        payload.map(PayloadKey.OPERATOR)
                .text(PayloadKey.ISSUER, entry.actor().issuer())
                .text(PayloadKey.SUBJECT, entry.actor().subject())
                .text(PayloadKey.NAME, entry.actor().display());
        payload.end();
        long position = journal.control().append(RecordType.ADMIN, 0, 0, 0, payload);
        journal.control().durable(position).toCompletableFuture().join();
    }
}
