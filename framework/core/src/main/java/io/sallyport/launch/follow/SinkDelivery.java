package io.sallyport.launch.follow;

import io.sallyport.api.sink.EventSink;
import io.sallyport.journal.JournalListener;
import io.sallyport.journal.proof.Checkpoint;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.JsonText;
import io.sallyport.journal.record.RecordJson;
import io.sallyport.journal.record.SessionText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Delivers to a plugin's event sink: the records, and behind them the latest checkpoint, which covers all earlier ones and is
 * an anchor where it is kept.
 */
public final class SinkDelivery implements Delivery, JournalListener {

    private final String node;
    private final EventSink sink;
    private final AtomicReference<@Nullable Checkpoint> latest = new AtomicReference<>();
    private long handedOn;

    /** Takes the sink; the node's name goes into each event's id. */
    public SinkDelivery(String node, EventSink sink) {
        this.node = node;
        this.sink = sink;
    }

    @Override
    public ClassLoader loader() {
        return sink.getClass().getClassLoader();
    }

    @Override
    public void checkpoint(Checkpoint checkpoint) {
        latest.set(checkpoint);
    }

    @Override
    public boolean hasMore() {
        return isNew(latest.get());
    }

    @Override
    public void deliver(List<JournalRecord> batch) throws IOException {
        Checkpoint checkpoint = latest.get();
        List<EventSink.Event> events = new ArrayList<>(batch.size() + 1);
        batch.forEach(record -> events.add(event(record)));
        if (checkpoint != null && isNew(checkpoint)) {
            events.add(event(checkpoint));
        }
        if (!events.isEmpty()) {
            sink.deliver(List.copyOf(events));
        }
        if (checkpoint != null) {
            handedOn = checkpoint.number();
        }
    }

    private boolean isNew(@Nullable Checkpoint checkpoint) {
        return checkpoint != null && checkpoint.number() > handedOn;
    }

    private EventSink.Event event(JournalRecord record) {
        String session = record.inSession() ? SessionText.of(record.sessionHigh(), record.sessionLow()) : "";
        String id = node + "/" + record.lane() + "/" + record.segment() + "/" + record.offset();
        return event(id, record.type().label(), session, RecordJson.line(record));
    }

    private EventSink.Event event(Checkpoint checkpoint) {
        Instant time = Instant.EPOCH.plus(checkpoint.timeMicros(), ChronoUnit.MICROS);
        String json = "{\"time\":\"" + time + "\",\"type\":\"checkpoint\",\"checkpoint\":"
                + JsonText.quote(checkpoint.line()) + "}";
        return event(node + "/checkpoint/" + checkpoint.number(), "checkpoint", "", json);
    }

    private static EventSink.Event event(String id, String type, String session, String json) {
        String identified = "{\"id\":" + JsonText.quote(id) + "," + json.substring(1);
        return new EventSink.Event(id, type, session, identified.getBytes(StandardCharsets.UTF_8));
    }
}
