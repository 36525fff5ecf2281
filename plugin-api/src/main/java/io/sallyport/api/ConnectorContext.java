package io.sallyport.api;

import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** What the core gives to a connector: every capability that it has comes from here. */
@ProviderType
public interface ConnectorContext {

    /** The entry's {@code name:} in the configuration. */
    String name();

    /** The gateway's own limits. */
    Limits limits();

    /** The clock that all time limits use. */
    InstantSource clock();

    /** The door to the core: authenticates, admits, judges and records. */
    Sessions sessions();

    /**
     * Registers one serial executor and gives it a journal lane. Sessions open only on registered executors.
     *
     * @param executor runs tasks one at a time in order, such as one Netty event loop
     * @param inThread tells whether the calling thread is the executor's own
     * @throws IllegalStateException after {@link Connector#start()} has returned: the set is fixed at start
     */
    SessionExecutor register(Executor executor, java.util.function.BooleanSupplier inThread);
}
