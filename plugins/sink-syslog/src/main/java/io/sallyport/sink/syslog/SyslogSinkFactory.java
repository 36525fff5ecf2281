package io.sallyport.sink.syslog;

import io.sallyport.api.sink.EventSink;
import io.sallyport.api.sink.EventSinkFactory;

/** Makes sinks of type {@code syslog}. */
public final class SyslogSinkFactory implements EventSinkFactory<SyslogSinkConfig> {

    @Override
    public String type() {
        return "syslog";
    }

    @Override
    public Class<SyslogSinkConfig> configType() {
        return SyslogSinkConfig.class;
    }

    @Override
    public EventSink create(String name, SyslogSinkConfig config) {
        return new SyslogSink(config);
    }
}
