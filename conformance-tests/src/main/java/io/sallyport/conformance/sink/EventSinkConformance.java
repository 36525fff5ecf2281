package io.sallyport.conformance.sink;

import static io.sallyport.conformance.sink.SinkStage.events;
import static io.sallyport.conformance.sink.SinkStage.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.api.sink.EventSink;
import io.sallyport.api.sink.EventSink.Event;
import io.sallyport.conformance.core.Patience;
import io.sallyport.conformance.harness.Because;
import io.sallyport.conformance.harness.Declarations;
import io.sallyport.conformance.sink.EventSinkHarness.Behaviour;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every event sink keeps to. A plugin's test extends this class with its harness. */
public abstract class EventSinkConformance {

    private static final int MANY = 2000;

    /** A harness of its own for each clause, with a place that takes what comes. */
    protected abstract EventSinkHarness harness();

    @Test
    @DisplayName("E-01 its type is a word of the configuration")
    @Because(Declarations.WORD)
    void type() {
        try (SinkStage stage = new SinkStage(harness())) {
            String type = stage.harness().factory().type();
            Declarations.assertWord(type);
        }
    }

    @Test
    @DisplayName("E-02 its configuration is a public record")
    @Because(Declarations.RECORD)
    void configuration() {
        try (SinkStage stage = new SinkStage(harness())) {
            Class<?> type = stage.harness().factory().configType();
            Declarations.assertPublicRecord(type);
        }
    }

    @Test
    @DisplayName("E-03 making it touches nothing")
    @Because("The gateway starts whether the place answers or not, and a check of the configuration changes nothing.")
    void making() {
        try (SinkStage stage = new SinkStage(harness())) {
            stage.sink();
            assertEquals(0, stage.harness().touches(), "it was there while it was made");
        }
    }

    @Test
    @DisplayName("E-04 what it has taken has arrived")
    @Because("A normal return moves the cursor, and what had not arrived is lost from then on.")
    void arrives() throws IOException {
        try (SinkStage stage = new SinkStage(harness())) {
            List<Event> batch = events(1, 3);
            stage.sink().deliver(batch);
            assertEquals(
                    new TreeSet<>(texts(batch)), new TreeSet<>(stage.harness().arrived()));
        }
    }

    @Test
    @DisplayName("E-05 the journal's order is kept")
    @Because("Who reads a session's end before its beginning reads nonsense.")
    void order() throws IOException {
        try (SinkStage stage = new SinkStage(harness())) {
            List<Event> all = new ArrayList<>();
            for (int first = 1; first < 40; first += 10) {
                List<Event> batch = events(first, 10);
                stage.sink().deliver(batch);
                all.addAll(batch);
            }
            List<String> arrived = stage.harness().arrived();
            List<String> sorted = new ArrayList<>(arrived);
            sorted.sort((one, other) ->
                    Integer.compare(texts(all).indexOf(one), texts(all).indexOf(other)));
            assertEquals(sorted, arrived);
        }
    }

    @Test
    @DisplayName("E-06 an event arrives as it is")
    @Because("The record is the evidence, and a byte that changes makes it none.")
    void exact() throws IOException {
        try (SinkStage stage = new SinkStage(harness())) {
            List<Event> odd = SinkStage.odd();
            stage.sink().deliver(odd);
            List<String> arrived = stage.harness().arrived();
            for (String text : texts(odd)) {
                assertTrue(arrived.contains(text), () -> text + " arrived as something else: " + arrived);
            }
        }
    }

    @Test
    @DisplayName("E-07 an event cannot pass for two")
    @Because("What a client sends is in the record, and it may look like a record.")
    void forged() throws IOException {
        try (SinkStage stage = new SinkStage(harness())) {
            Event forged =
                    SinkStage.event("forged-1", "{\"text\":\"a\\n{\\\"id\\\":\\\"forged-2\\\"}\\r\\n<14>1 - - - \"}");
            stage.sink().deliver(List.of(forged));
            assertEquals(
                    1,
                    stage.harness().arrived().size(),
                    () -> "arrived: " + stage.harness().arrived());
        }
    }

    @Test
    @DisplayName("E-08 a batch of many thousand bytes arrives whole")
    @Because("After a day's absence batches are as long as they may be.")
    void many() throws IOException {
        try (SinkStage stage = new SinkStage(harness())) {
            stage.sink().deliver(events(1, MANY));
            assertEquals(MANY, new TreeSet<>(stage.harness().arrived()).size());
        }
    }

    @Test
    @DisplayName("E-09 an empty batch is taken")
    @Because("Nothing new is no failure.")
    void empty() throws IOException {
        try (SinkStage stage = new SinkStage(harness())) {
            stage.sink().deliver(List.of());
            assertEquals(List.of(), stage.harness().arrived());
        }
    }

    @Test
    @DisplayName("E-10 it throws while the place takes nothing")
    @Because("A normal return would say that everything has arrived.")
    void down() {
        try (SinkStage stage = new SinkStage(harness())) {
            stage.harness().place(Behaviour.DOWN);
            assertThrows(Exception.class, () -> stage.sink().deliver(events(1, 3)));
        }
    }

    @Test
    @DisplayName("E-11 what it says of a failure shows no secret")
    @Because("Its words go to the log.")
    void quiet() {
        try (SinkStage stage = new SinkStage(harness())) {
            stage.harness().place(Behaviour.DOWN);
            Exception failure;
            try {
                stage.sink().deliver(events(1, 3));
                return;
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                String said = String.valueOf(cause);
                stage.harness()
                        .secrets()
                        .forEach(secret -> assertFalse(said.contains(secret), () -> "it says " + said));
            }
        }
    }

    @Test
    @DisplayName("E-12 the same batch arrives when it comes again")
    @Because("The core hands it over until it is taken, and a sink that is stuck by then loses nothing but everything.")
    void again() {
        try (SinkStage stage = new SinkStage(harness())) {
            List<Event> batch = events(1, 5);
            stage.harness().place(Behaviour.DOWN);
            stage.tries(batch);
            stage.harness().place(Behaviour.UP);
            Patience.await("the batch is taken", () -> stage.tries(batch));
            assertEquals(
                    new TreeSet<>(texts(batch)), new TreeSet<>(stage.harness().arrived()));
        }
    }

    @Test
    @DisplayName("E-13 it goes on after it was closed and made anew")
    @Because("A restart of the gateway must leave what is there and add to it.")
    void restarted() throws IOException {
        try (SinkStage stage = new SinkStage(harness())) {
            stage.sink().deliver(events(1, 2));
            stage.sink().close();
            EventSink next = stage.make();
            next.deliver(events(3, 2));
            assertEquals(
                    new TreeSet<>(texts(events(1, 4))),
                    new TreeSet<>(stage.harness().arrived()));
        }
    }

    @Test
    @DisplayName("E-14 two sinks of one factory are independent")
    @Because("One configuration may have several entries of a type, and the end of one must not end the other.")
    void independent() {
        try (SinkStage stage = new SinkStage(harness())) {
            EventSink first = stage.make();
            EventSink second = stage.sink();
            assertNotEquals(System.identityHashCode(first), System.identityHashCode(second), "it is one instance");
            first.close();
            assertTrue(stage.tries(events(1, 1)), "the other takes nothing");
        }
    }

    @Test
    @DisplayName("E-15 an interrupt ends its waiting")
    @Because("A gateway that stops does not wait for a place that says nothing.")
    void interrupted() {
        try (SinkStage stage = new SinkStage(harness())) {
            assumeTrue(stage.harness().canBeSilent(), "its place cannot be silent");
            stage.harness().place(Behaviour.SILENT);
            AtomicBoolean ended = new AtomicBoolean();
            Thread thread = new Thread(
                    () -> {
                        stage.tries(events(1, 1));
                        ended.set(true);
                    },
                    "conformance");
            thread.setDaemon(true);
            EventSink sink = stage.sink();
            thread.start();
            Patience.await("it is there", () -> stage.harness().touches() > 0 || ended.get());
            thread.interrupt();
            Patience.await(() -> "it ends: " + sink, ended::get);
        }
    }
}
