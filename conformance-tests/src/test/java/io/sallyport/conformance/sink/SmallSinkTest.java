package io.sallyport.conformance.sink;

import io.sallyport.api.config.Secret;
import io.sallyport.api.sink.EventSinkFactory;
import io.sallyport.conformance.sabotage.Sabotage;
import io.sallyport.conformance.sabotage.SabotagedClauses;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("The clauses of event sinks")
class SmallSinkTest extends SabotagedClauses {

    SmallSinkTest() {
        super(Clauses.class, SinkFault.values());
    }

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
}
