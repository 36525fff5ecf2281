package io.sallyport.sink.file;

import io.sallyport.api.sink.EventSink;
import io.sallyport.api.sink.EventSinkFactory;
import java.time.InstantSource;

/** Makes sinks of type {@code file}. */
public final class FileSinkFactory implements EventSinkFactory<FileSinkConfig> {

    @Override
    public String type() {
        return "file";
    }

    @Override
    public Class<FileSinkConfig> configType() {
        return FileSinkConfig.class;
    }

    @Override
    public EventSink create(String name, FileSinkConfig config) {
        return new FileSink(config, InstantSource.system());
    }
}
