package io.sallyport.launch;

import io.sallyport.api.Connector;
import io.sallyport.api.ConnectorFactory;
import io.sallyport.api.credential.CredentialSource;
import io.sallyport.api.principal.Principal;
import io.sallyport.api.session.Sessions;
import io.sallyport.api.sink.EventSink;
import io.sallyport.api.sink.EventSinkFactory;
import io.sallyport.approval.Approvals;
import io.sallyport.approval.Scheduler;
import io.sallyport.approval.access.AccessRequests;
import io.sallyport.approval.access.Standing;
import io.sallyport.approval.revocation.Revocation;
import io.sallyport.approval.revocation.Revocations;
import io.sallyport.config.Configuration;
import io.sallyport.config.PluginEntry;
import io.sallyport.config.StoreSection;
import io.sallyport.decision.Decisions;
import io.sallyport.grant.AccessDesk;
import io.sallyport.grant.GrantDoor;
import io.sallyport.grant.InForce;
import io.sallyport.identity.Audiences;
import io.sallyport.identity.IdentityDoor;
import io.sallyport.identity.IdentityService;
import io.sallyport.journal.Journal;
import io.sallyport.journal.JournalHealth;
import io.sallyport.journal.JournalListener;
import io.sallyport.journal.record.PayloadKey;
import io.sallyport.journal.record.PayloadWriter;
import io.sallyport.journal.record.RecordType;
import io.sallyport.launch.compile.Compiled;
import io.sallyport.launch.compile.PluginCalls;
import io.sallyport.launch.follow.Followers;
import io.sallyport.launch.follow.IndexDelivery;
import io.sallyport.launch.follow.SinkDelivery;
import io.sallyport.launch.reload.Actor;
import io.sallyport.launch.reload.Reload;
import io.sallyport.launch.reload.ReloadReport;
import io.sallyport.session.SessionRoom;
import io.sallyport.session.SessionSpec;
import io.sallyport.store.SessionIndex;
import io.sallyport.store.SinkCursors;
import io.sallyport.store.Store;
import io.sallyport.store.StoreSettings;
import io.sallyport.store.StoreUnavailableException;
import io.sallyport.target.Credentials;
import io.sallyport.target.SharedCredentials;
import io.sallyport.target.TargetDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The start of one gateway, part by part, from the bottom room to the listeners; and its stop, the other way round. */
final class GatewayStart {

    private static final Logger log = LoggerFactory.getLogger(GatewayStart.class);

    private static final Duration GUARDRAIL_DEADLINE = Duration.ofSeconds(5);
    private static final Duration CREDENTIAL_DEADLINE = Duration.ofSeconds(10);
    private static final long TICK_MILLIS = 200;

    private final Configuration configuration;
    private final Compiled compiled;
    private final Reload.Reader reader;
    private final List<Front> fronts;
    private final Parts parts = new Parts();
    private final Clock clock = Clock.systemUTC();
    private final Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
    private volatile Instant drainUntil = Instant.MAX;
    private volatile InForce inForce;
    private volatile Map<String, CredentialSource> sources = Map.of();
    private volatile @Nullable Reload reload;

    GatewayStart(Configuration configuration, Compiled compiled, Reload.Reader reader, List<Front> fronts) {
        this.configuration = configuration;
        this.compiled = compiled;
        this.inForce = compiled.inForce();
        this.sources = compiled.sources();
        this.reader = reader;
        this.fronts = List.copyOf(fronts);
    }

    /**
     * Starts all parts.
     *
     * @throws StartException if one of them cannot; the others are stopped
     */
    void run() throws StartException {
        boolean complete = false;
        try {
            startParts();
            complete = true;
        } catch (StoreUnavailableException | UncheckedIOException | IOException e) {
            throw StartException.resource(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | LinkageError e) {
            throw StartException.resource("the gateway cannot start: " + e, e);
        } finally {
            if (!complete) {
                parts.close();
            }
        }
    }

    private void startParts() throws IOException {
        Store store = parts.add("store", Store.open(storeSettings()));
        Journal journal =
                parts.add("journal", Journal.open(configuration.journal().toSettings(configuration.node()), clock));
        Pools pools = parts.add("pools", new Pools());
        keep(compiled, Map.of());
        Followers followers = follow(store, journal);
        Duration retention = configuration.journal().retention();
        if (retention != null) {
            parts.add("retention", Retention.start(journal, retention, followers, clock));
        }
        Scheduler scheduler = Scheduler.on(pools.timer());
        JournalActs acts = new JournalActs(journal);
        Approvals approvals =
                parts.add("approvals", new Approvals(store, configuration.node(), clock, scheduler, acts));
        approvals.start();
        Revocations revocations =
                parts.add("revocations", new Revocations(store, configuration.node(), clock, scheduler, acts));
        revocations.start();
        AccessRequests access = parts.add(
                "access", new AccessRequests(store, clock, scheduler, new JournalAccess(journal), revocations));
        access.start();
        Admittance admittance = new Admittance(journal, revocations);
        SessionRoom sessions = sessions(pools, journal, approvals, admittance);
        admittance.over(sessions);
        watch(pools, journal, revocations, sessions);
        IdentityService identities = parts.add("identities", new IdentityService(configuration.issuers(), clock));
        GrantDoor door = doors(pools, sessions, access);
        Reload reloading = new Reload(
                reader,
                (report, by) -> record(journal, report, by),
                next -> put(next, sessions, door),
                clock,
                configuration,
                compiled);
        reload = reloading;
        for (Front front : fronts) {
            parts.add(
                    "front",
                    front.start(new GatewayServices(
                            configuration,
                            clock,
                            identities,
                            store,
                            approvals,
                            revocations,
                            new AccessDesk(() -> inForce.grants(), access),
                            acts,
                            admittance::open,
                            reloading,
                            () -> components(journal, revocations, sessions))));
        }
        startConnectors(journal, identities, door, admittance);
        parts.add("admittance", admittance::close);
        record(journal, reloading.current(), Actor.START);
    }

    private static Map<String, String> components(Journal journal, Revocations revocations, SessionRoom sessions) {
        JournalHealth health = journal.health();
        String state = health.state().name().toLowerCase(Locale.ROOT);
        return Map.of(
                "journal", health.reason().isEmpty() ? state : state + ": " + health.reason(),
                "revocations", revocations.isFresh() ? "fresh" : "stale",
                "sessions", sessions.open().size() + " open");
    }

    private StoreSettings storeSettings() {
        StoreSection section = configuration.store();
        return new StoreSettings(section.url(), section.user(), section.password());
    }

    private SessionRoom sessions(Pools pools, Journal journal, Approvals approvals, Admittance admittance) {
        return new SessionRoom(new SessionRoom.Services(
                clock,
                new Decisions(pools.guardrails(), GUARDRAIL_DEADLINE),
                approvals,
                journal::digest,
                adminUrl() + "/approvals/",
                admittance::open));
    }

    private GrantDoor doors(Pools pools, SessionRoom sessions, AccessRequests access) {
        Credentials credentials = new Credentials(pools.credentials(), CREDENTIAL_DEADLINE);
        TargetDoor targets = new TargetDoor(new SharedCredentials(credentials, clock), sessions);
        return new GrantDoor(() -> inForce, targets, sessions, access, clock);
    }

    private String adminUrl() {
        String scheme = configuration.admin().tls() == null ? "http" : "https";
        return scheme + "://" + configuration.admin().listen();
    }

    /** Ends sessions whose time is over, that were revoked, or that cannot be recorded any more. */
    private void watch(Pools pools, Journal journal, Revocations revocations, SessionRoom sessions) {
        pools.timer().scheduleWithFixedDelay(() -> tick(sessions), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        revocations.onRevoked(revocation -> sessions.endAll(
                spec -> concerns(revocation, spec),
                Sessions.EndCause.REVOKED,
                "access was revoked: " + revocation.reason()));
        journal.listen(new JournalListener() {
            @Override
            public void health(JournalHealth health) {
                log.warn("the journal is {}: {}", health.state(), health.reason());
                if (health.state() == JournalHealth.State.UNAVAILABLE) {
                    sessions.endAll(
                            spec -> true,
                            Sessions.EndCause.JOURNAL,
                            "the gateway cannot write its journal; try again later");
                }
            }
        });
    }

    private static void tick(SessionRoom sessions) {
        try {
            sessions.tick();
        } catch (RuntimeException e) {
            log.error("sessions could not be looked through for those that are over", e);
        }
    }

    private static boolean concerns(Revocation revocation, SessionSpec spec) {
        Standing access = spec.terms().access();
        if (access != null && revocation.concernsAccess(access.id())) {
            return true;
        }
        return revocation.concerns(
                spec.id().toString(),
                Admittance.grantOf(spec),
                spec.principal().issuer(),
                spec.principal().subject());
    }

    private void startConnectors(Journal journal, IdentityService identities, GrantDoor grants, Admittance admittance)
            throws IOException {
        Audiences audiences = Audiences.except(configuration.admin().audience());
        for (PluginEntry<ConnectorFactory<?>> entry : configuration.connectors()) {
            Sessions door = new RevocationDoor(
                    entry.name(),
                    new IdentityDoor(entry.name(), identities, audiences, grants, admittance),
                    admittance);
            ConnectorHost host =
                    new ConnectorHost(entry.name(), configuration.limits().toLimits(), clock, journal, door);
            Connector connector = PluginCalls.call(entry.factory(), () -> create(entry.factory(), entry, host));
            start(entry.name(), connector, host);
        }
    }

    private static <C extends Record> Connector create(
            ConnectorFactory<C> factory, PluginEntry<?> entry, ConnectorHost host) {
        return factory.create(factory.configType().cast(entry.config()), host);
    }

    private void start(String name, Connector connector, ConnectorHost host) throws IOException {
        try {
            PluginCalls.callChecked(connector, () -> {
                connector.start();
                return name;
            });
        } catch (IOException | RuntimeException e) {
            throw new IOException("connector '" + name + "' cannot start: " + e.getMessage(), e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        host.started();
        addresses.put(name, connector.address());
        log.info("connector {} listens on {}", name, connector.address());
        parts.add("connector " + name, () -> connector.drain(remaining()));
    }

    private Duration remaining() {
        Duration left = Duration.between(clock.instant(), drainUntil);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Followers follow(Store store, Journal journal) {
        String node = configuration.node();
        Map<String, SinkDelivery> sinks = new LinkedHashMap<>();
        for (PluginEntry<EventSinkFactory<?>> entry : configuration.sinks()) {
            EventSink sink = parts.add(
                    "sink " + entry.name(), PluginCalls.call(entry.factory(), () -> create(entry.factory(), entry)));
            sinks.put("sink-" + entry.name(), new SinkDelivery(node, sink));
        }
        Followers followers = parts.add("followers", new Followers(node, journal, new SinkCursors(store), clock));
        followers.start("session-index", new IndexDelivery(node, new SessionIndex(store)));
        sinks.forEach((name, delivery) -> {
            journal.listen(delivery);
            followers.start(name, delivery);
        });
        return followers;
    }

    private static <C extends Record> EventSink create(EventSinkFactory<C> factory, PluginEntry<?> entry) {
        return factory.create(entry.name(), factory.configType().cast(entry.config()));
    }

    private void record(Journal journal, ReloadReport report, Actor by) {
        PayloadWriter payload = new PayloadWriter();
        payload.text(PayloadKey.NODE, configuration.node())
                .number(PayloadKey.GENERATION, report.generation())
                .text(PayloadKey.EVENT, by.how())
                .text(PayloadKey.CONFIGURATION_DIGEST, report.digest());
        payload.list(PayloadKey.SETTINGS);
        report.changed().forEach(section -> payload.text(PayloadKey.ITEM, section));
        payload.end();
        Principal operator = by.operator();
        if (operator != null) {
            payload.map(PayloadKey.OPERATOR)
                    .text(PayloadKey.ISSUER, operator.issuer())
                    .text(PayloadKey.SUBJECT, operator.subject())
                    .text(PayloadKey.NAME, operator.display());
            payload.end();
        }
        long position = journal.control().append(RecordType.CONFIGURATION, 0, 0, 0, payload);
        journal.control().durable(position).toCompletableFuture().join();
    }

    /** The new sources are parts of the whole from now on; those that go on are already. */
    private void keep(Compiled made, Map<String, CredentialSource> running) {
        made.sources().forEach((name, source) -> {
            if (!running.containsKey(name)) {
                parts.add("credential source " + name, source);
            }
        });
    }

    private void put(Compiled next, SessionRoom sessions, GrantDoor door) {
        keep(next, sources);
        sources = next.sources();
        inForce = next.inForce();
        sessions.govern(door::standing);
    }

    ReloadReport reload(Actor by) throws StartException {
        Reload reloading = reload;
        if (reloading == null) {
            throw StartException.resource("the gateway has not started yet", null);
        }
        return reloading.reload(by);
    }

    Map<String, InetSocketAddress> addresses() {
        return Map.copyOf(addresses);
    }

    void stop(Duration deadline) {
        drainUntil = clock.instant().plus(deadline);
        log.info("stopping, within {} s", deadline.toSeconds());
        parts.close();
        log.info("stopped");
    }
}
