package io.sallyport.launch;

import io.sallyport.api.ConnectorContext;
import io.sallyport.api.Limits;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import io.sallyport.journal.Journal;
import io.sallyport.session.RegisteredExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** What one connector is given. */
final class ConnectorHost implements ConnectorContext {

    private final String name;
    private final Limits limits;
    private final InstantSource clock;
    private final Journal journal;
    private final Sessions sessions;
    private int executors;
    private boolean started;

    ConnectorHost(String name, Limits limits, InstantSource clock, Journal journal, Sessions sessions) {
        this.name = name;
        this.limits = limits;
        this.clock = clock;
        this.journal = journal;
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public Sessions sessions() {
        return sessions;
    }

    @Override
    public synchronized SessionExecutor register(Executor executor, BooleanSupplier inThread) {
        if (started) {
            throw new IllegalStateException("connector " + name + " has started: its executors are fixed");
        }
        try {
            return new RegisteredExecutor(executor, inThread, journal.lane(name + "-" + executors++, executor));
        } catch (IOException e) {
            throw new UncheckedIOException("no journal lane for connector " + name + ": " + e.getMessage(), e);
        }
    }

    /** No executor can be registered from now on. */
    synchronized void started() {
        started = true;
    }
}
