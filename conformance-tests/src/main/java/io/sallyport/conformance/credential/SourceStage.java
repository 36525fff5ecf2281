package io.sallyport.conformance.credential;

import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.CredentialRequest;
import io.sallyport.api.credential.CredentialSource;
import io.sallyport.api.credential.CredentialSourceFactory;
import io.sallyport.api.principal.Principal;
import io.sallyport.conformance.core.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source and what was asked of it; its end closes all of that. */
final class SourceStage implements AutoCloseable {

    private final CredentialSourceHarness harness;
    private final AtomicInteger sessions = new AtomicInteger();
    private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();
    private @Nullable CredentialSource source;

    SourceStage(CredentialSourceHarness harness) {
        this.harness = harness;
    }

    CredentialSourceHarness harness() {
        return harness;
    }

    /** The one source of this stage, made when it is wanted first. */
    synchronized CredentialSource source() {
        CredentialSource present = source;
        if (present == null) {
            present = make();
            source = present;
        }
        return present;
    }

    /** Another source with the same configuration. */
    CredentialSource make() {
        CredentialSource made = make(harness.factory());
        opened.add(made);
        return made;
    }

    private <C extends Record> CredentialSource make(CredentialSourceFactory<C> factory) {
        return factory.create("conformance", factory.configType().cast(harness.config()));
    }

    Credential ask() throws Exception {
        return ask(null);
    }

    Credential ask(@Nullable String account) throws Exception {
        Principal principal = new Principal("conformance", "alice", "alice", Set.of(), Map.of(), null);
        Credential credential = source().credential(new CredentialRequest(
                principal, "target", account, "session-" + sessions.incrementAndGet(), harness.options()));
        opened.add(0, credential);
        return credential;
    }

    /** Runs the same on several threads that begin together. */
    static void together(int threads, Runnable task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(thread(() -> {
                try {
                    start.await(Patience.signal().toMillis(), TimeUnit.MILLISECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                task.run();
            }));
        }
        for (Thread thread : running) {
            thread.join(Patience.signal().toMillis());
        }
    }

    static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "conformance");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() {
        harness.server(CredentialSourceHarness.Behaviour.UP);
        for (AutoCloseable one : opened) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException("the clause's leftovers cannot be closed", e);
            }
        }
        harness.close();
    }
}
