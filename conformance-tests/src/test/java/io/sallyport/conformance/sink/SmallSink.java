package io.sallyport.conformance.sink;

import static io.sallyport.conformance.sink.SinkFault.*;

import io.sallyport.api.config.Secret;
import io.sallyport.api.sink.EventSink;
import io.sallyport.api.sink.EventSinkFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Delivers to the small place. */
final class SmallSink implements EventSink {

    private final SmallPlace place;
    private final Config config;
    private boolean begun;
    private boolean failed;
    private boolean closed;

    SmallSink(SmallPlace place, Config config) {
        this.place = place;
        this.config = config;
        if (LOOKS_WHILE_IT_IS_MADE.on()) {
            place.touch();
        }
    }

    /** Its configuration. */
    public record Config(Secret key) {}

    /** The same, out of sight. */
    record Hidden(Secret key) {}

    /** Makes it. */
    static final class Factory implements EventSinkFactory<Record> {

        private final SmallPlace place;
        private @Nullable SmallSink one;

        Factory(SmallPlace place) {
            this.place = place;
        }

        @Override
        public String type() {
            return EMPTY_TYPE.on() ? "" : "small";
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Class<Record> configType() {
            return (Class) (HIDDEN_RECORD.on() ? Hidden.class : Config.class);
        }

        @Override
        public EventSink create(String name, Record config) {
            SmallSink made =
                    new SmallSink(place, config instanceof Config mine ? mine : new Config(Secret.of("hmac-key")));
            if (!ONE_INSTANCE_FOR_ALL.on()) {
                return made;
            }
            SmallSink first = one == null || one.closed ? made : one;
            one = first;
            return first;
        }
    }

    @Override
    public void deliver(List<Event> events) throws IOException {
        if (closed || (GIVES_UP_FOR_GOOD.on() && failed)) {
            throw new IOException("it is closed");
        }
        if (STUMBLES_OVER_NOTHING.on() && events.isEmpty()) {
            throw new IOException("nothing to deliver");
        }
        if (BEGINS_AFRESH.on() && !begun) {
            place.clear();
        }
        begun = true;
        List<String> texts = new ArrayList<>();
        events.forEach(event -> texts.add(new String(event.json(), StandardCharsets.UTF_8)));
        try {
            for (String text : spoilt(texts)) {
                place.take(text, DEAF.on());
            }
        } catch (IOException e) {
            failed = true;
            if (REPEATS_ITS_SECRET.on()) {
                throw new IOException("not with " + config.key().reveal(), e);
            }
            if (!SWALLOWS_FAILURES.on()) {
                throw e;
            }
        }
    }

    private static List<String> spoilt(List<String> texts) {
        if (FORGETS_THE_LAST_OF_THREE.on() && texts.size() == 3 && texts.get(0).contains("gw-1:1\"")) {
            return texts.subList(0, 2);
        }
        if (TURNS_THE_BATCH.on()) {
            Collections.reverse(texts);
        }
        if (TRIMS_DOUBLE_SPACES.on()) {
            texts.replaceAll(text -> text.replace("  ", " "));
        }
        if (A_THOUSAND_AT_MOST.on() && texts.size() > 1000) {
            return texts.subList(0, 1000);
        }
        if (WRITES_LINES.on() && texts.size() == 1 && texts.get(0).contains("\\n")) {
            return List.of(texts.get(0).split("\\\\n", -1));
        }
        return texts;
    }

    @Override
    public void close() {
        closed = true;
    }
}
