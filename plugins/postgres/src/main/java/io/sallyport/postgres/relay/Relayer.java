package io.sallyport.postgres.relay;

import io.sallyport.api.session.Session;
import io.sallyport.api.session.Sessions;
import io.sallyport.postgres.startup.Relays;
import io.sallyport.postgres.startup.Services;
import io.sallyport.postgres.statement.StatementReader;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** All sessions of one connector that are logged in on both sides. Safe for use by several threads. */
public final class Relayer implements Relays {

    private final Services services;
    private final StatementReader reader;
    private final RelayCaches caches;
    private final Set<Relay> relays = ConcurrentHashMap.newKeySet();

    /** A place for sessions whose statements are read by the reader. */
    public Relayer(Services services, StatementReader reader) {
        this.services = services;
        this.reader = reader;
        this.caches = new RelayCaches(reader);
    }

    @Override
    public CompletionStage<Judged> judge(Session session, List<Setting> settings) {
        return new StartupSettings(session, reader, caches, settings).judge();
    }

    @Override
    public Sessions.Listener start(LoggedIn loggedIn) {
        Relay[] self = new Relay[1];
        Relay relay = new Relay(services, reader, caches, loggedIn, () -> relays.remove(self[0]));
        self[0] = relay;
        relays.add(relay);
        relay.begin();
        return relay;
    }

    /** How many sessions there are. */
    public int size() {
        return relays.size();
    }

    /** Ends every session as soon as nothing runs in it. */
    public void drain() {
        relays.forEach(relay -> relay.loggedIn.client().eventLoop().execute(relay::drain));
    }

    /** Ends every session now. */
    public void end(String reason) {
        Sessions.Ending ending = new Sessions.Ending(Sessions.EndCause.SHUTDOWN, reason);
        relays.forEach(relay -> relay.loggedIn.client().eventLoop().execute(() -> relay.end(ending)));
    }
}
