package io.sallyport.launch.reload;

import io.sallyport.api.session.JournalUnavailableException;
import io.sallyport.config.Configuration;
import io.sallyport.launch.StartException;
import io.sallyport.launch.compile.Compiled;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a changed configuration in force while the gateway runs.
 *
 * <ol>
 *   <li>All or nothing: a file with any problem, or with a change that needs a restart, changes nothing.
 *   <li>The change is in the journal, durable as configured, before it takes effect.
 *   <li>Reloads take place one after the other, on their callers' threads, and may block.
 * </ol>
 */
public final class Reload {

    private static final Logger log = LoggerFactory.getLogger(Reload.class);

    /** The sections that may change while the gateway runs. */
    public static final Set<String> CHANGEABLE = Set.of("grants", "guardrails", "targets", "admin.operators");

    private final Reader reader;
    private final Records records;
    private final Force force;
    private final InstantSource clock;
    private volatile Configuration configuration;
    private Compiled compiled;
    private volatile ReloadReport report;

    /**
     * A reload of what is in force.
     *
     * @param reader reads the file again
     * @param records writes into the journal
     * @param force puts a configuration in force
     * @param clock tells the time
     */
    public Reload(
            Reader reader,
            Records records,
            Force force,
            InstantSource clock,
            Configuration configuration,
            Compiled compiled) {
        this.reader = reader;
        this.records = records;
        this.force = force;
        this.clock = clock;
        this.configuration = configuration;
        this.compiled = compiled;
        this.report = new ReloadReport(1, configuration.fingerprint().digest(), clock.instant(), List.of());
    }

    /** Reads the configuration's file. */
    @FunctionalInterface
    public interface Reader {

        /** Reads it; throws with everything that is wrong. */
        Configuration read() throws StartException;
    }

    /** Writes what comes into force into the journal; returns when it is durable. */
    @FunctionalInterface
    public interface Records {

        /** Writes it; throws if it cannot. */
        void write(ReloadReport report, Actor by);
    }

    /** Puts a compiled configuration in force. It cannot fail. */
    @FunctionalInterface
    public interface Force {

        /** Puts it in force. */
        void put(Compiled compiled);
    }

    /** The configuration that is in force. */
    public Configuration configuration() {
        return configuration;
    }

    /** What is in force. */
    public ReloadReport current() {
        return report;
    }

    /**
     * Reads the file and puts it in force if it says something else than before.
     *
     * @throws StartException with everything that is wrong; then nothing has changed
     */
    public synchronized ReloadReport reload(Actor by) throws StartException {
        Configuration read = reader.read();
        TreeSet<String> changed = configuration.fingerprint().differences(read.fingerprint());
        refuseWhatNeedsARestart(changed);
        if (changed.isEmpty()) {
            log.info("reload by {}: nothing has changed", by.how());
            return report;
        }
        Compiled next = Compiled.of(read, compiled.sources());
        ReloadReport coming = new ReloadReport(
                report.generation() + 1, read.fingerprint().digest(), clock.instant(), new ArrayList<>(changed));
        try {
            records.write(coming, by);
        } catch (JournalUnavailableException | CompletionException e) {
            next.closeBut(compiled.sources());
            throw StartException.resource("the journal cannot record the change, so that nothing changes: " + e, e);
        }
        force.put(next);
        configuration = read;
        compiled = next;
        report = coming;
        log.info("reload by {}: generation {} is in force, changed {}", by.how(), coming.generation(), changed);
        return coming;
    }

    private static void refuseWhatNeedsARestart(Set<String> changed) throws StartException {
        TreeSet<String> fixed = new TreeSet<>(changed);
        fixed.removeAll(CHANGEABLE);
        if (!fixed.isEmpty()) {
            throw StartException.configuration(
                    "a reload cannot change " + String.join(", ", fixed) + ", which needs a restart; it can change "
                            + String.join(", ", new TreeSet<>(CHANGEABLE)) + ". Nothing has changed",
                    null);
        }
    }
}
