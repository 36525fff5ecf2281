package io.sallyport.launch.follow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.RecordJson;
import io.sallyport.journal.record.RecordType;
import io.sallyport.journal.record.SessionText;
import io.sallyport.store.SessionEntry;
import io.sallyport.store.SessionIndex;
import io.sallyport.store.SessionIndex.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Keeps the session index: the sessions of this node's journal, for people to find. */
public final class IndexDelivery implements Delivery {

    private static final String DENY = "deny";

    /** People who look at sessions can wait that long, and a store that is written once a second costs next to nothing. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Set<RecordType> TYPES = EnumSet.of(
            RecordType.SESSION_OPENED,
            RecordType.SESSION_CLOSED,
            RecordType.ACTION,
            RecordType.ACTION_DECIDED,
            RecordType.VERDICT,
            RecordType.HOLD);

    private final String node;
    private final SessionIndex index;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Id, SessionEntry.Counters> open = new HashMap<>();
    private final Map<Id, SessionEntry.Counters> flushed = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final Set<Id> counted = new LinkedHashSet<>();

    /** A session's id as the journal has it; its text is made only for what is written. */
    private record Id(long high, long low) {

        String text() {
            return SessionText.of(high, low);
        }
    }

    /** Writes into an index for one node. */
    public IndexDelivery(String node, SessionIndex index) {
        this.node = node;
        this.index = index;
    }

    @Override
    public Set<RecordType> types() {
        return TYPES;
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public void begin() {
        open.clear();
        open.putAll(flushed);
        changes.clear();
        counted.clear();
    }

    @Override
    public void deliver(List<JournalRecord> batch) throws Exception {
        for (JournalRecord record : batch) {
            if (record.inSession()) {
                apply(record);
            }
        }
    }

    @Override
    public void flush() throws Exception {
        for (Id id : counted) {
            SessionEntry.Counters counters = open.get(id);
            if (counters != null) {
                changes.add(new Change.Counted(id.text(), counters));
            }
        }
        if (!changes.isEmpty()) {
            index.apply(List.copyOf(changes)).toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        changes.clear();
        counted.clear();
        flushed.clear();
        flushed.putAll(open);
    }

    private void apply(JournalRecord record) throws Exception {
        Id id = new Id(record.sessionHigh(), record.sessionLow());
        if (record.type() == RecordType.SESSION_OPENED) {
            open.put(id, SessionEntry.Counters.NONE);
            changes.add(new Change.Opened(entry(id.text(), record)));
            return;
        }
        SessionEntry.Counters counters = counters(id);
        if (record.type() == RecordType.SESSION_CLOSED) {
            String cause = record.text(PayloadKey.STATUS)
                    .or(() -> record.text(PayloadKey.REASON))
                    .orElse("");
            changes.add(new Change.Closed(id.text(), new SessionEntry.End(record.time(), cause), counters));
            open.remove(id);
            counted.remove(id);
            return;
        }
        SessionEntry.Counters changed = count(record, counters);
        if (!changed.equals(counters)) {
            open.put(id, changed);
            counted.add(id);
        }
    }

    private static SessionEntry.Counters count(JournalRecord record, SessionEntry.Counters counters) {
        boolean action = record.type() == RecordType.ACTION || record.type() == RecordType.ACTION_DECIDED;
        boolean decided = record.type() == RecordType.ACTION_DECIDED || record.type() == RecordType.VERDICT;
        boolean denied = decided && record.text(PayloadKey.VERDICT).orElse("").equals(DENY);
        boolean held = record.type() == RecordType.HOLD;
        return new SessionEntry.Counters(
                counters.actions() + (action ? 1 : 0),
                counters.denied() + (denied ? 1 : 0),
                counters.held() + (held ? 1 : 0));
    }

    /** Counting goes on where the index stands for sessions that were opened before this process began to follow. */
    private SessionEntry.Counters counters(Id id) throws Exception {
        SessionEntry.Counters known = open.get(id);
        return known != null
                ? known
                : index.show(id.text())
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .map(SessionEntry::counters)
                        .orElse(SessionEntry.Counters.NONE);
    }

    private SessionEntry entry(String id, JournalRecord record) throws JsonProcessingException {
        JsonNode payload = json.readTree(RecordJson.payload(record.payload()));
        JsonNode principal = payload.path("principal");
        String database = payload.path("database").asText("");
        return new SessionEntry(
                id,
                node,
                principal.path("issuer").asText(""),
                principal.path("subject").asText(""),
                principal.path("name").asText(""),
                payload.path("grant").asText(""),
                payload.path("target").asText(""),
                payload.path("account").asText(""),
                database.isEmpty() ? null : database,
                payload.path("client-address").asText(""),
                record.time(),
                null,
                SessionEntry.Counters.NONE);
    }
}
