package io.sallyport.sink.syslog;

import io.sallyport.api.SallyportPlugin;
import io.sallyport.api.sink.EventSinkFactory;
import java.util.List;

/** Offers the event sink {@code syslog}. */
public final class SyslogSinkPlugin implements SallyportPlugin {

    /** For the gateway, which finds this class as a service. */
    public SyslogSinkPlugin() {}

    @Override
    public List<EventSinkFactory<?>> eventSinks() {
        return List.of(new SyslogSinkFactory());
    }
}
