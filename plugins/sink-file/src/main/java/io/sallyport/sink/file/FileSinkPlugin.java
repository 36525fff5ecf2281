package io.sallyport.sink.file;

import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.sink.EventSinkFactory;
import java.util.List;

/** Offers the event sink {@code file}. */
public final class FileSinkPlugin implements SallyportPlugin {

    /** For the gateway, which finds this class as a service. */
    public FileSinkPlugin() {}

    @Override
    public List<EventSinkFactory<?>> eventSinks() {
        return List.of(new FileSinkFactory());
    }
}
