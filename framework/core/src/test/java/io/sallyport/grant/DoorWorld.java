package io.sallyport.grant;

import io.sallyport.api.config.HostPort;
import io.sallyport.api.config.Secret;
import io.sallyport.api.credential.Credential;
import io.sallyport.api.credential.CredentialRequest;
import io.sallyport.api.credential.CredentialSource;
import io.sallyport.api.principal.Evidence;
import io.sallyport.api.principal.Principal;
import io.sallyport.api.session.Admission;
import io.sallyport.api.session.Sessions;
import io.sallyport.approval.VirtualTime;
import io.sallyport.approval.access.AccessRecord;
import io.sallyport.approval.access.AccessRequests;
import io.sallyport.approval.revocation.Revocations;
import io.sallyport.session.SessionWorld;
import io.sallyport.target.Credentials;
import io.sallyport.target.SharedCredentials;
import io.sallyport.target.Target;
import io.sallyport.target.TargetDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The door of a gateway with one target, {@code app}, whose credential source is as slow as a test wants. */
final class DoorWorld implements AutoCloseable {

    final SessionWorld sessions;
    final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    final Queue<Sessions.Ending> endings = new ConcurrentLinkedQueue<>();
    final AtomicInteger fetching = new AtomicInteger();
    final AtomicInteger givenBack = new AtomicInteger();

    final Queue<AccessRecord.Entry> acts = new ConcurrentLinkedQueue<>();
    final Revocations revocations;
    final AccessRequests access;
    final AccessDesk desk;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final GrantDoor door;
    private volatile CountDownLatch vault = new CountDownLatch(0);
    private volatile boolean failing;

    DoorWorld(Path directory, Grant... grants) throws IOException {
        sessions = new SessionWorld(directory);
        Target target = new Target(
                "app",
                "pg",
                new Target.Endpoint(
                        URI.create("postgres://db:5432/app"), List.of(new HostPort("db", 5432)), "own", "app"),
                new Nothing(),
                Map.of(),
                new Target.Supply(new Vault(), new Nothing(), null));
        TargetDoor targets = new TargetDoor(
                new SharedCredentials(new Credentials(pool, Duration.ofSeconds(30)), sessions.approvals.time),
                sessions.room);
        VirtualTime time = sessions.approvals.time;
        revocations = new Revocations(sessions.approvals.store, "gw-1", time, time, sessions.approvals.entries::add);
        revocations.start();
        access = new AccessRequests(sessions.approvals.store, time, time, acts::add, revocations);
        access.start();
        Grants all = new Grants(Arrays.asList(grants));
        desk = new AccessDesk(() -> all, access);
        InForce inForce = new InForce(all, Map.of("app", target));
        door = new GrantDoor(() -> inForce, targets, sessions.room, access, time);
    }

    private record Nothing() {}

    private final class Vault implements CredentialSource {

        @Override
        public Credential credential(CredentialRequest request) throws InterruptedException {
            fetching.incrementAndGet();
            if (!vault.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the vault");
            }
            if (failing) {
                throw new IllegalStateException("the vault is sealed");
            }
            return Credential.of("own", Map.of(Credential.Part.PASSWORD, Secret.of("hidden")), () -> {
                givenBack.incrementAndGet();
            });
        }
    }

    /** Credentials wait from now on, until {@link #unlock}. */
    void lock() {
        vault = new CountDownLatch(1);
    }

    void unlock() {
        vault.countDown();
    }

    void seal(boolean sealed) {
        failing = sealed;
    }

    /** Begins to open a session, on any thread. */
    CompletionStage<Sessions.Opening> open(Principal who) {
        return open(who, null, "127.0.0.1");
    }

    CompletionStage<Sessions.Opening> open(Principal who, @Nullable Instant tokenExpires, String client) {
        Admission admission =
                new Admission(new Evidence.Token(Secret.of("unused")), "app", null, null, address(client), Map.of());
        return door.open(
                new GrantDoor.Authenticated(
                        "pg", who, tokenExpires, admission, (principal, reason) -> refusals.add(reason)),
                sessions.executor(),
                endings::add);
    }

    /** Begins to open sessions from as many threads at one moment. */
    List<CompletionStage<Sessions.Opening>> openTogether(Principal who, int count) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<CompletionStage<Sessions.Opening>> openings = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            pool.execute(() -> {
                try {
                    start.await();
                    CompletionStage<Sessions.Opening> opening = open(who);
                    synchronized (openings) {
                        openings.add(opening);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    begun.countDown();
                }
            });
        }
        start.countDown();
        if (!begun.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the openings did not begin within 20 seconds");
        }
        synchronized (openings) {
            return List.copyOf(openings);
        }
    }

    static InetSocketAddress address(String client) {
        try {
            return new InetSocketAddress(InetAddress.getByName(client), 4711);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() throws IOException {
        unlock();
        pool.shutdownNow();
        access.close();
        revocations.close();
        sessions.close();
    }
}
