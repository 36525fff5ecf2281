package io.sallyport.sink.webhook;

import io.sallyport.api.sink.EventSink;
import io.sallyport.api.sink.EventSinkFactory;
import java.time.InstantSource;

/** Makes sinks of type {@code webhook}. */
public final class WebhookSinkFactory implements EventSinkFactory<WebhookSinkConfig> {

    @Override
    public String type() {
        return "webhook";
    }

    @Override
    public Class<WebhookSinkConfig> configType() {
        return WebhookSinkConfig.class;
    }

    @Override
    public EventSink create(String name, WebhookSinkConfig config) {
        return new WebhookSink(config, InstantSource.system());
    }
}
