package io.sallyport.launch.follow;

import io.sallyport.api.sink.EventSink;
import io.sallyport.journal.record.JournalRecord;
import io.sallyport.journal.record.RecordJson;
import io.sallyport.journal.record.SessionText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Delivers to a plugin's event sink. */
public final class SinkDelivery implements Delivery {

    private final String node;
    private final EventSink sink;

    /** Takes the sink; the node's name goes into each event's id. */
    public SinkDelivery(String node, EventSink sink) {
        this.node = node;
        this.sink = sink;
    }

    @Override
    public void deliver(List<JournalRecord> batch) throws IOException {
        sink.deliver(batch.stream().map(this::event).toList());
    }

    private EventSink.Event event(JournalRecord record) {
        return new EventSink.Event(
                node + "/" + record.lane() + "/" + record.segment() + "/" + record.offset(),
                record.type().label(),
                record.inSession() ? SessionText.of(record.sessionHigh(), record.sessionLow()) : "",
                RecordJson.line(record).getBytes(StandardCharsets.UTF_8));
    }
}
