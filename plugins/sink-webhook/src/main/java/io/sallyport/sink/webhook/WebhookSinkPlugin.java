package io.sallyport.sink.webhook;

import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.sink.EventSinkFactory;
import java.util.List;

/** Offers the event sink {@code webhook}. */
public final class WebhookSinkPlugin implements SallyportPlugin {

    /** For the gateway, which finds this class as a service. */
    public WebhookSinkPlugin() {}

    @Override
    public List<EventSinkFactory<?>> eventSinks() {
        return List.of(new WebhookSinkFactory());
    }
}
