package io.sallyport.conformance.sink;

import io.sallyport.api.config.Secret;
import io.sallyport.api.sink.EventSinkFactory;
import io.sallyport.conformance.sabotage.Sabotage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("The clauses of event sinks")
class SmallSinkTest {

    /** The small sink, without a fault unless one is switched on. */
    @ExtendWith(Sabotage.Haste.class)
    static final class Clauses extends EventSinkConformance {

        @Override
        protected EventSinkHarness harness() {
            return new Harness();
        }
    }

    private static final class Harness implements EventSinkHarness {

        private final SmallPlace place = new SmallPlace();
        private final SmallSink.Factory factory = new SmallSink.Factory(place);

        @Override
        public EventSinkFactory<?> factory() {
            return factory;
        }

        @Override
        public Record config() {
            return SinkFault.HIDDEN_RECORD.on()
                    ? new SmallSink.Hidden(Secret.of("hmac-key"))
                    : new SmallSink.Config(Secret.of("hmac-key"));
        }

        @Override
        public List<String> secrets() {
            return List.of("hmac-key");
        }

        @Override
        public void place(Behaviour behaviour) {
            place.behave(behaviour);
        }

        @Override
        public int touches() {
            return place.touches();
        }

        @Override
        public List<String> arrived() {
            return place.arrived();
        }

        @Override
        public void close() {
            place.clear();
        }
    }

    @TestFactory
    @DisplayName("an implementation with one fault fails exactly the clause about it")
    Stream<DynamicTest> faults() {
        return Sabotage.eachFails(Clauses.class, SinkFault.values());
    }

    @Test
    @DisplayName("an implementation without a fault passes, and no clause is skipped")
    void passes() {
        Sabotage.passes(Clauses.class);
    }

    @Test
    @DisplayName("each clause has a fault that breaks it")
    void complete() {
        Sabotage.eachClauseHasOne(Clauses.class, SinkFault.values());
    }
}
