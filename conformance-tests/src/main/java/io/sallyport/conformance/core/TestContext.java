package io.sallyport.conformance.core;

import io.sallyport.api.ConnectorContext;
import io.sallyport.api.Limits;
import io.sallyport.api.session.SessionExecutor;
import io.sallyport.api.session.Sessions;
import io.sallyport.session.RegisteredExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** What one connector under test is given, and which executors it has registered. */
public final class TestContext implements ConnectorContext {

    private final String name;
    private final Limits limits;
    private final TestCore core;
    private final List<SessionExecutor> executors = new CopyOnWriteArrayList<>();
    private final List<String> late = new CopyOnWriteArrayList<>();
    private volatile boolean started;

    TestContext(String name, Limits limits, TestCore core) {
        this.name = name;
        this.limits = limits;
        this.core = core;
    }

    /** An executor with its lane. */
    record Lined(RegisteredExecutor registered) implements SessionExecutor {

        @Override
        public boolean inThread() {
            return registered.inThread();
        }

        @Override
        public void execute(Runnable task) {
            registered.execute(task);
        }
    }

    /** The executors in the order in which they were registered. */
    public List<SessionExecutor> executors() {
        return executors;
    }

    /** Attempts to register after the start. */
    public List<String> lateRegistrations() {
        return late;
    }

    /** No executor can be registered from now on. */
    public void started() {
        started = true;
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
        return core.time();
    }

    @Override
    public Sessions sessions() {
        return core.sessions();
    }

    @Override
    public SessionExecutor register(Executor executor, BooleanSupplier inThread) {
        if (started) {
            late.add(name);
            throw new IllegalStateException("connector " + name + " has started: its executors are fixed");
        }
        try {
            Lined lined = new Lined(new RegisteredExecutor(executor, inThread, core.lane(name, executor)));
            executors.add(lined);
            return lined;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
