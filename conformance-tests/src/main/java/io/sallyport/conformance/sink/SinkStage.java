package io.sallyport.conformance.sink;

import io.sallyport.api.sink.EventSink;
import io.sallyport.api.sink.EventSink.Event;
import io.sallyport.api.sink.EventSinkFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A sink and what it was handed; its end closes all of that. */
final class SinkStage implements AutoCloseable {

    private final EventSinkHarness harness;
    private final List<EventSink> made = new CopyOnWriteArrayList<>();
    private @Nullable EventSink sink;

    SinkStage(EventSinkHarness harness) {
        this.harness = harness;
    }

    EventSinkHarness harness() {
        return harness;
    }

    /** The one sink of this stage, made when it is wanted first. */
    synchronized EventSink sink() {
        EventSink present = sink;
        if (present == null) {
            present = make();
            sink = present;
        }
        return present;
    }

    /** Another sink with the same configuration. */
    EventSink make() {
        EventSink fresh = make(harness.factory());
        made.add(fresh);
        return fresh;
    }

    private <C extends Record> EventSink make(EventSinkFactory<C> factory) {
        return factory.create("conformance", factory.configType().cast(harness.config()));
    }

    /** Whether it takes the batch. */
    boolean tries(List<Event> batch) {
        try {
            sink().deliver(batch);
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Records with these numbers. */
    static List<Event> events(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> event(
                        "gw-1:" + i,
                        "{\"id\":\"gw-1:" + i + "\",\"type\":\"action-decided\",\"text\":\"SELECT " + "x".repeat(i % 50)
                                + "\"}"))
                .toList();
    }

    /** Records that are easily changed on the way. */
    static List<Event> odd() {
        return List.of(
                event("odd-1", "{\"text\":\"größer als 5 \u20ac, \ud83d\ude80\"}"),
                event("odd-2", "{\"text\":\"\\\"]\\\\ \\u0000 \\t <x> & %41 + $HOME\"}"),
                event("odd-3", "{\"text\":\"  two  spaces  \",\"empty\":\"\",\"nothing\":null}"),
                event("odd-4", "{\"text\":\"" + "long ".repeat(2000) + "\"}"));
    }

    static Event event(String id, String json) {
        return new Event(id, "action-decided", "01M892K0EKD3DC4MYQCT13HY0F", json.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> texts(List<Event> events) {
        return events.stream()
                .map(event -> new String(event.json(), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() {
        harness.place(EventSinkHarness.Behaviour.UP);
        made.forEach(EventSink::close);
        harness.close();
    }
}
